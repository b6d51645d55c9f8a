package io.github.loopguard.detect.history;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ledger.OccurrenceCounter;

/**
 * A call that has held an event loop and was counted.
 *
 * @param counter counts it
 * @param begin when it began, in nanoseconds
 * @param end when it ended, in nanoseconds; when it began if its end was not seen
 * @param source who has found it
 */
public record PastCall(OccurrenceCounter counter, long begin, long end, Source source) {

	/** How late the first event inside a call comes whose end was not seen. */
	private static final long SOON = 10_000_000;

	/** How far clocks may be apart. */
	private static final long MOMENT = 500_000;

	/**
	 * Returns for how much of some time the call has held the event loop. A call whose
	 * end was not seen counts for all of what begins soon after it.
	 */
	private long overlap(long from, long to) {
		if (this.source == Source.HOOK_WITHOUT_END) {
			return (from - this.begin >= 0 && from - this.begin <= SOON) ? to - from : 0;
		}
		long begin = (this.begin - from > 0) ? this.begin : from;
		long end = (to - this.end > 0) ? this.end : to;
		return Math.max(0, end - begin);
	}

	/**
	 * Returns whether the call has held the event loop for most of some time, or at some
	 * moment.
	 * @param from when the time begins, in nanoseconds
	 * @param to when it ends, in nanoseconds
	 * @return whether it is likely to be what has taken the time
	 */
	public boolean covers(long from, long to) {
		if (from == to) {
			return from - this.begin >= -MOMENT && this.end - from >= -MOMENT;
		}
		return 2 * overlap(from, to) >= to - from;
	}

	/**
	 * Returns whether both are the same call, as far as times show.
	 * @param other another one, or {@code null}
	 * @return whether this is shorter, so that it is rather the call in question
	 */
	boolean isInside(@Nullable PastCall other) {
		return other == null || this.end - this.begin <= other.end - other.begin;
	}

	/**
	 * Who has found a call.
	 */
	public enum Source {

		/** A hook, which has seen it begin and end. */
		HOOK,

		/** A hook that has seen it begin. */
		HOOK_WITHOUT_END,

		/** A detector that has looked at the turn from outside. */
		TURN,

		/** A detector that has looked at the call from outside. */
		EVENT

	}

}
