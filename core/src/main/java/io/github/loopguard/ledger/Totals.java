package io.github.loopguard.ledger;

import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.github.loopguard.Action;
import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.policy.Finding;

/**
 * What was counted since the start. An occurrence stays where it was counted, under the
 * origin and the action in force when it happened; keys are only ever added.
 */
final class Totals {

	private final Map<Total.Key, Total> totals = new ConcurrentHashMap<>();

	private final Map<String, Map<String, Total>> allowed = new ConcurrentHashMap<>();

	private final Map<String, LongAdder> byAllowance = new ConcurrentHashMap<>();

	private final LongAdder begun = new LongAdder();

	private final LongAdder heldBack = new LongAdder();

	/**
	 * Returns where occurrences are counted.
	 */
	Total of(Finding finding, Action action) {
		Total.Key key = new Total.Key(finding.rule(), finding.origin(), action, finding.detector());
		return this.totals.computeIfAbsent(key, (missing) -> new Total());
	}

	/**
	 * Returns where occurrences are counted that an allowance covers.
	 */
	Total allowed(String rule, Allowance allowance) {
		return this.allowed.computeIfAbsent(rule, (missing) -> new ConcurrentHashMap<>())
			.computeIfAbsent(allowance.source(), (missing) -> new Total());
	}

	LongAdder by(Allowance allowance) {
		return this.byAllowance.computeIfAbsent(allowance.id(), (missing) -> new LongAdder());
	}

	void begun() {
		this.begun.increment();
	}

	void heldBack() {
		this.heldBack.increment();
	}

	/**
	 * Returns the number of occurrences that have begun and that no allowance covers.
	 */
	long occurrences() {
		return this.begun.sum();
	}

	/**
	 * Returns the number of occurrences that could not be prevented.
	 */
	long occurrencesHeldBack() {
		return this.heldBack.sum();
	}

	long allowed() {
		return this.allowed.values()
			.stream()
			.flatMap((bySource) -> bySource.values().stream())
			.mapToLong(Total::occurrences)
			.sum();
	}

	long allowedBy(String allowance) {
		LongAdder count = this.byAllowance.get(allowance);
		return (count != null) ? count.sum() : 0;
	}

	Map<Total.Key, Total> all() {
		return Collections.unmodifiableMap(this.totals);
	}

	Map<String, Map<String, Total>> allAllowed() {
		return Collections.unmodifiableMap(this.allowed);
	}

}
