package io.github.loopguard.report;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What one JVM found, kept until the others of its build are done.
 *
 * @param schema version of the form
 * @param run the build it belongs to, or {@code null} if that cannot be told
 * @param created when it was written
 * @param classes what was found by test class
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record JvmReport(int schema, @Nullable String run, Instant created, Map<String, Report> classes) {

	/**
	 * Tells whether a newer fragment has taken the place of what this one has on a class:
	 * the class ran again, and not as a part of the same build.
	 */
	boolean isSuperseded(String testClass, Iterable<JvmReport> all) {
		for (JvmReport other : all) {
			if (other != this && other.classes.containsKey(testClass) && other.created.isAfter(this.created)
					&& (this.run == null || !this.run.equals(other.run))) {
				return true;
			}
		}
		return false;
	}

}
