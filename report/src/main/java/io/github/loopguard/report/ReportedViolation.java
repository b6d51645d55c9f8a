package io.github.loopguard.report;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

import io.github.loopguard.Frame;
import io.github.loopguard.Offender;
import io.github.loopguard.Site;
import io.github.loopguard.Violation;

/**
 * A violation with its tests and stacks. In JSON, the properties of the violation come
 * first and have the names that the Actuator endpoint gives them.
 *
 * @param violation the violation, tolerated if all its tests tolerate it
 * @param tests tests in which it happened, by name
 * @param stacks stacks on which it happened, longest held first
 * @param otherStacks number of occurrences on stacks that were not kept
 * @since 0.1
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ReportedViolation(@JsonUnwrapped Violation violation, List<ReportedTest> tests,
		List<ReportedStack> stacks, long otherStacks) {

	/**
	 * Returns the short identifier of the violation.
	 * @return the identifier
	 */
	public String id() {
		return this.violation.id();
	}

	/**
	 * Returns the number of occurrences.
	 * @return occurrences in all tests
	 */
	public long count() {
		return this.violation.count();
	}

	/**
	 * Returns the tests that do not tolerate it.
	 * @return tests by name; all of them if the whole violation is tolerated
	 */
	List<ReportedTest> concerned() {
		List<ReportedTest> concerned = this.tests.stream().filter((test) -> test.tolerated() == null).toList();
		return concerned.isEmpty() ? this.tests : concerned;
	}

	/**
	 * Returns how often it happened in the tests that do not tolerate it.
	 */
	long concernedCount() {
		return this.tests.isEmpty() ? count() : concerned().stream().mapToLong(ReportedTest::count).sum();
	}

	/**
	 * Returns why the violation is tolerated.
	 * @return the reasons, or {@code null} if at least one test does not tolerate it
	 */
	public @Nullable String tolerated() {
		return this.violation.tolerated();
	}

	/**
	 * Returns the frame to show: the application's, else the offender's.
	 * @return the frame, or {@code null} if neither is known
	 */
	public @Nullable Frame place() {
		Site site = this.violation.site();
		if (site != null) {
			return site.frame();
		}
		Offender offender = this.violation.offender();
		return (offender != null) ? offender.frame() : null;
	}

}
