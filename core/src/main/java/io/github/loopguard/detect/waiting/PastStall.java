package io.github.loopguard.detect.waiting;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ledger.ViolationEntry;

/**
 * A stall that is over.
 *
 * @param violation what it is, or {@code null} if it is nobody's violation
 * @param nanos how long it took, in nanoseconds
 * @param tasks tasks that stood in the queue at its end, or {@code null} if unknown
 * @param begunBefore number of requests of the standstill that had begun before it
 */
record PastStall(@Nullable ViolationEntry violation, long nanos, @Nullable Integer tasks, int begunBefore) {
}
