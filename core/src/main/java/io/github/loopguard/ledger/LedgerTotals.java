package io.github.loopguard.ledger;

import java.time.Instant;

/**
 * Sums over the whole ledger, at one moment.
 *
 * @param violations violations kept now
 * @param occurrences occurrences counted, without those that were cleared
 * @param allowed occurrences that an allowance covered
 * @param heldBack occurrences that {@code FAIL} could not prevent safely
 * @param dropped occurrences that are counted but belong to no violation kept
 * @param evicted violations dropped to keep the ledger within its limit
 * @param coldStart how often code that ran for the first time loaded classes; not among
 * the occurrences
 * @param sampled whether some counts of single violations are estimates
 * @since 0.1
 */
public record LedgerTotals(long violations, long occurrences, long allowed, long heldBack, long dropped, long evicted,
		long coldStart, boolean sampled) {

	/**
	 * Classes that some code loaded when it ran for the first time.
	 *
	 * @param at class and method of the code, or {@code others} for all that found no
	 * place
	 * @param count how often it loaded classes
	 * @param classes how many classes it loaded
	 * @param firstClass name of the first of them
	 * @param firstSeen when it did so first
	 * @param lastSeen when it did so last
	 */
	public record ColdStart(String at, long count, long classes, String firstClass, Instant firstSeen,
			Instant lastSeen) {
	}

}
