package io.github.loopguard.ledger;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.loopguard.Action;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.policy.Finding;

/**
 * What was counted since the start, by rule, origin, action and detector. Keys are only
 * ever added.
 */
final class Sums {

	private final Catalog catalog;

	private final Map<TotalsKey, Total> totals = new ConcurrentHashMap<>();

	Sums(Catalog catalog) {
		this.catalog = catalog;
	}

	/**
	 * Returns where the occurrences of a violation are added up.
	 */
	Classification classify(Finding finding, Action action) {
		Duration logFrom = this.catalog.rule(finding.rule()).logFrom();
		Total sum = total(finding, action);
		boolean timed = action == Action.LOG && !logFrom.isZero();
		return new Classification(action, sum, timed ? total(finding, Action.OBSERVE) : sum, logFrom);
	}

	long occurrences() {
		return this.totals.values().stream().mapToLong(Total::occurrences).sum();
	}

	Map<TotalsKey, Total> view() {
		return Collections.unmodifiableMap(this.totals);
	}

	private Total total(Finding finding, Action action) {
		TotalsKey key = new TotalsKey(finding.rule(), finding.origin(), action, finding.detector());
		Total known = this.totals.get(key);
		return (known != null) ? known : this.totals.computeIfAbsent(key, (missing) -> new Total());
	}

}
