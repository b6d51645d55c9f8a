package io.github.loopguard.ledger;

/**
 * Sums over the whole ledger, at one moment.
 *
 * @param violations violations kept now
 * @param occurrences occurrences counted, without those that were cleared
 * @param allowed occurrences that an allowance covered
 * @param heldBack occurrences that {@code FAIL} could not prevent safely
 * @param dropped occurrences that are counted but belong to no violation kept
 * @param evicted violations dropped to keep the ledger within its limit
 * @param sampled whether some counts of single violations are estimates
 * @since 0.1
 */
public record LedgerTotals(long violations, long occurrences, long allowed, long heldBack, long dropped, long evicted,
		boolean sampled) {
}
