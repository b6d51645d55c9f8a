package io.github.loopguard.test;

import java.util.List;

import org.assertj.core.api.AbstractAssert;

import io.github.loopguard.Violation;

/**
 * Assertions on {@link BlockingViolations}.
 *
 * @since 0.1
 */
public final class BlockingViolationsAssert extends AbstractAssert<BlockingViolationsAssert, BlockingViolations> {

	BlockingViolationsAssert(BlockingViolations actual) {
		super(actual, BlockingViolationsAssert.class);
	}

	/**
	 * Verifies that there is no violation so far.
	 * @return this
	 */
	public BlockingViolationsAssert hasNone() {
		isNotNull();
		List<Violation> violations = this.actual.all();
		if (!violations.isEmpty()) {
			throw failure("%s", describe("Expected no blocking, but", violations));
		}
		return this;
	}

	/**
	 * Verifies that a rule was violated, and accepts all violations of it.
	 * @param rule identifier of the rule
	 * @return assertions on the violations of the rule
	 */
	public BlockingRuleAssert hasRule(String rule) {
		isNotNull();
		Blocked blocked = Blocked.of("hasRule(…)", rule);
		List<Violation> violations = this.actual.all();
		List<Violation> matching = violations.stream().filter(blocked::matches).toList();
		if (matching.isEmpty()) {
			throw failure("%s", describe("Expected a violation of [" + rule + "], but", violations));
		}
		this.actual.accept(matching);
		return new BlockingRuleAssert(this, this.actual, rule, matching);
	}

	/**
	 * Verifies that event loops were blocked a limited number of times, and accepts all
	 * violations.
	 * @param occurrences maximum number of occurrences
	 * @return this
	 */
	public BlockingViolationsAssert atMost(long occurrences) {
		isNotNull();
		List<Violation> violations = this.actual.all();
		long count = count(violations);
		if (count > occurrences) {
			throw failure("%s",
					describe("Expected at most " + occurrences + " blocking calls, not " + count + ":", violations));
		}
		this.actual.accept(violations);
		return this;
	}

	static long count(List<Violation> violations) {
		return violations.stream().mapToLong(Violation::count).sum();
	}

	static String describe(String expectation, List<Violation> violations) {
		if (violations.isEmpty()) {
			return expectation + " nothing has blocked";
		}
		return FailureText.of(expectation + " event loops were blocked:",
				violations.stream().map(FailureText.Failing::new).toList(), 0);
	}

}
