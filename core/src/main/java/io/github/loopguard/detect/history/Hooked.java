package io.github.loopguard.detect.history;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ledger.OccurrenceCounter;

/**
 * What hooks saw on one thread. Reading it costs the thread nothing.
 */
public interface Hooked {

	/**
	 * Returns how long occurrences have held the thread since the start.
	 * @return the time in nanoseconds
	 */
	long heldSoFar();

	/**
	 * Returns what counts the call that holds the thread now.
	 * @return the counter, or {@code null} if no occurrence is open
	 */
	@Nullable OccurrenceCounter held();

	/**
	 * Returns what counts the last call that has held the thread.
	 * @return the counter, or {@code null} if there was none
	 */
	@Nullable OccurrenceCounter latest();

}
