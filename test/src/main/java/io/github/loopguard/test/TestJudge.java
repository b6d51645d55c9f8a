package io.github.loopguard.test;

import java.util.List;

import io.github.loopguard.test.baseline.KnownViolations;
import io.github.loopguard.test.watch.Recordings;
import io.github.loopguard.violation.Violation;

/**
 * Judges one test. What it throws is added to the test's own failure, if there is one.
 */
final class TestJudge {

	private final BlockingViolations violations;

	private final TestExpectations expectations;

	TestJudge(BlockingViolations violations, TestExpectations expectations) {
		this.violations = violations;
		this.expectations = expectations;
	}

	/**
	 * Fails if an event loop was blocked that should not, or none that should.
	 * @param name what to call the test
	 * @param failed whether the test has failed already
	 */
	void judge(String name, boolean failed) {
		String test = this.violations.test();
		if (!failed) {
			KnownViolations.instance().passed(test);
		}
		Verdict verdict = new Verdict(this.expectations.allowances());
		verdict.add(this.violations.remaining().stream().filter((it) -> !isExpected(it)).toList(),
				new Recordings("", test, this.violations.recordings()));
		verdict.failIfBlocked(name);
		if (!failed) {
			this.expectations.expected().forEach((expected) -> require(expected, name));
		}
	}

	private boolean isExpected(Violation violation) {
		return this.expectations.expected().stream().anyMatch((it) -> it.matches(violation));
	}

	private void require(Blocked expected, String name) {
		List<Violation> recorded = this.violations.recorded();
		if (recorded.stream().noneMatch(expected::matches)) {
			throw new BlockingViolationError(
					BlockingViolationsAssert
						.describe(name + " was expected to block an event loop by " + expected + ", but", recorded),
					recorded, List.of());
		}
	}

}
