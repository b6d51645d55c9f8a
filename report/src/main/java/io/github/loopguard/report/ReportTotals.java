package io.github.loopguard.report;

/**
 * Sums over a report.
 *
 * @param violations number of violations
 * @param occurrences number of occurrences
 * @param tolerated number of violations that are tolerated
 * @param unnamed number of occurrences that belong to no violation, because the ledger
 * was full
 * @param tests number of tests that were tracked
 * @since 0.1
 */
public record ReportTotals(long violations, long occurrences, long tolerated, long unnamed, long tests) {
}
