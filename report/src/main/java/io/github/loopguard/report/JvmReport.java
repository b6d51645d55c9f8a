package io.github.loopguard.report;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The findings of one JVM, kept in a file until the reports of all JVMs of the build are
 * written.
 *
 * @param schema version of the format
 * @param run the build it belongs to, or {@code null} if unknown
 * @param created when it was written
 * @param classes a report for each test class
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record JvmReport(int schema, @Nullable String run, Instant created, Map<String, Report> classes) {

	/**
	 * Returns whether another JVM ran a test class later and in another build, so that
	 * this JVM's report on the class is out of date.
	 * @param testClass name of the class
	 * @param all what all JVMs found
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
