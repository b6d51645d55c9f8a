package io.github.loopguard.autoconfigure.endpoint;

import java.util.List;

import io.github.loopguard.Violation;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.Sums;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.ledger.LedgerTotals;

/**
 * What the endpoint shows of the ledger: no more violations than its limit allows. Those
 * over it, which wait for the ledger's thread, are shown as if they were evicted already,
 * so that the sums add up.
 */
record ShownLedger(Sums totals, List<Violation> violations) {

	static ShownLedger of(Ledger ledger) {
		LedgerTotals totals = ledger.totals();
		List<Violation> all = ledger.violations();
		int shown = Math.min(all.size(), ledger.settings().limit());
		List<Violation> excess = all.subList(shown, all.size());
		long dropped = excess.stream().mapToLong(Violation::count).sum();
		return new ShownLedger(new Sums(shown, totals.occurrences(), totals.allowed(), totals.heldBack(),
				totals.dropped() + dropped, totals.evicted() + excess.size(), totals.sampled(), totals.coldStart()),
				all.subList(0, shown));
	}

}
