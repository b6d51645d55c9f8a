package io.github.loopguard.detect.history;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ledger.OccurrenceCounter;

/**
 * An occurrence that is told while it lasts.
 */
public interface Lasting {

	/**
	 * Notes that it goes on.
	 * @param nanos how long it has held its loop so far, in nanoseconds
	 */
	void lasts(long nanos);

	/**
	 * Ends it.
	 * @param nanos how long it held its loop, in nanoseconds
	 */
	void end(long nanos);

	/**
	 * Notes the turn that it was most of, for detectors that find out later.
	 * @param thread identifier of the thread
	 * @param begin when the turn began, in nanoseconds
	 * @param end when it ended, in nanoseconds
	 */
	void held(long thread, long begin, long end);

	/**
	 * Returns what counts it.
	 * @return the counter, or {@code null} if there is none
	 */
	@Nullable OccurrenceCounter counter();

}
