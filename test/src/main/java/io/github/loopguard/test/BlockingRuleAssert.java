package io.github.loopguard.test;

import java.util.List;

import org.assertj.core.api.AbstractAssert;

import io.github.loopguard.Violation;

/**
 * Assertions on the violations of one rule.
 *
 * @since 0.1
 */
public final class BlockingRuleAssert extends AbstractAssert<BlockingRuleAssert, List<Violation>> {

	private final BlockingViolationsAssert origin;

	private final BlockingViolations all;

	private final String rule;

	BlockingRuleAssert(BlockingViolationsAssert origin, BlockingViolations all, String rule, List<Violation> matching) {
		super(matching, BlockingRuleAssert.class);
		this.origin = origin;
		this.all = all;
		this.rule = rule;
	}

	/**
	 * Verifies that the call was made in one of these classes, and accepts only those
	 * violations.
	 * @param types classes of sites or offenders
	 * @return assertions on the violations in these classes
	 */
	public BlockingRuleAssert at(Class<?>... types) {
		this.all.reject(this.actual);
		Blocked blocked = Blocked.of("at(…)", this.rule, types);
		List<Violation> matching = this.actual.stream().filter(blocked::matches).toList();
		if (matching.isEmpty()) {
			throw failure("%s", BlockingViolationsAssert.describe("Expected " + blocked + ", but", this.actual));
		}
		this.all.accept(matching);
		return new BlockingRuleAssert(this.origin, this.all, this.rule, matching);
	}

	/**
	 * Verifies that it happened a limited number of times.
	 * @param occurrences maximum number of occurrences
	 * @return this
	 */
	public BlockingRuleAssert atMost(long occurrences) {
		long count = BlockingViolationsAssert.count(this.actual);
		if (count > occurrences) {
			throw failure("%s", BlockingViolationsAssert.describe(
					"Expected [" + this.rule + "] at most " + occurrences + " times, not " + count + ":", this.actual));
		}
		return this;
	}

	/**
	 * Returns to the assertions on all violations.
	 * @return assertions on all violations
	 */
	public BlockingViolationsAssert and() {
		return this.origin;
	}

}
