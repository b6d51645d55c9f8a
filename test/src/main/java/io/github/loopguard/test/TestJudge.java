package io.github.loopguard.test;

import java.util.List;

import io.github.loopguard.Violation;
import io.github.loopguard.test.BlockingViolations.Judged;
import io.github.loopguard.test.baseline.KnownViolations;
import io.github.loopguard.test.report.SessionReport;
import io.github.loopguard.test.tracking.Recordings;

/**
 * Checks the violations of one test. Its errors are added to the test's own failure, if
 * there is one.
 */
final class TestJudge {

	private final BlockingViolations violations;

	private final TestExpectations expectations;

	TestJudge(BlockingViolations violations, TestExpectations expectations) {
		this.violations = violations;
		this.expectations = expectations;
	}

	/**
	 * Fails if there are violations that are not tolerated, or if expected ones are
	 * missing.
	 * @param name name of the test in messages
	 * @param failed whether the test itself failed
	 */
	void judge(String name, boolean failed) {
		String test = this.violations.test();
		if (!failed) {
			KnownViolations.instance().passed(test);
		}
		SessionReport.instance().tracked(test, failed);
		Verdict verdict = new Verdict(test, this.expectations.allowances());
		Recordings recordings = new Recordings("", test, this.violations.recordings());
		for (Judged judged : this.violations.judged()) {
			String tolerated = isExpected(judged.violation()) ? "expected by the test" : judged.tolerated();
			if (tolerated != null) {
				verdict.tolerate(judged.violation(), recordings, tolerated);
			}
		}
		verdict.add(this.violations.remaining().stream().filter((it) -> !isExpected(it)).toList(), recordings);
		List<String> unmet = failed ? List.of() : unmet();
		verdict.failIfBlocked(name, unmet);
		if (!unmet.isEmpty()) {
			List<Violation> recorded = this.violations.recorded();
			throw new BlockingViolationError(
					BlockingViolationsAssert.describe(name + String.join("; ", unmet) + ", but", recorded), recorded,
					List.of());
		}
	}

	private boolean isExpected(Violation violation) {
		return this.expectations.expected().stream().anyMatch((it) -> it.matches(violation));
	}

	/**
	 * Returns the expected violations that are missing, in words.
	 */
	private List<String> unmet() {
		List<Violation> recorded = this.violations.recorded();
		return this.expectations.expected()
			.stream()
			.filter((expected) -> recorded.stream().noneMatch(expected::matches))
			.map((expected) -> " was expected to block an event loop by " + expected)
			.toList();
	}

}
