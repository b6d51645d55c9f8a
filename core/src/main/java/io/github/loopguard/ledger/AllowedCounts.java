package io.github.loopguard.ledger;

import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.github.loopguard.Action;
import io.github.loopguard.allowance.Allowance;

/**
 * Counts what allowances let pass. Bounded by the number of allowances and rules.
 */
final class AllowedCounts {

	private final Map<String, LongAdder> byAllowance = new ConcurrentHashMap<>();

	private final Map<AllowedKey, Total> byKey = new ConcurrentHashMap<>();

	/**
	 * Returns a tally that is retired when the allowance expires.
	 */
	OccurrenceCounter tally(Allowance allowance, String rule) {
		LongAdder count = this.byAllowance.computeIfAbsent(allowance.id(), (id) -> new LongAdder());
		Total total = this.byKey.computeIfAbsent(new AllowedKey(rule, allowance.source()), (key) -> new Total());
		long expiry = allowance.expiresAt();
		return OccurrenceCounter.overflow(new OccurrenceCounter.Overflow(Action.OFF, total, new LongAdder(),
				() -> System.currentTimeMillis() < expiry), count);
	}

	long of(String id) {
		LongAdder count = this.byAllowance.get(id);
		return (count != null) ? count.sum() : 0;
	}

	Map<AllowedKey, Total> sums() {
		return Collections.unmodifiableMap(this.byKey);
	}

	long sum() {
		return this.byKey.values().stream().mapToLong(Total::occurrences).sum();
	}

}
