package io.github.loopguard.report;

/**
 * Sums over a report.
 *
 * @param violations number of violations
 * @param occurrences number of occurrences
 * @param tolerated how many of the violations are tolerated
 * @param unnamed occurrences that found no place in the ledger and are no part of a
 * violation
 * @param tests number of tests that were watched
 * @since 0.1
 */
public record ReportTotals(long violations, long occurrences, long tolerated, long unnamed, long tests) {
}
