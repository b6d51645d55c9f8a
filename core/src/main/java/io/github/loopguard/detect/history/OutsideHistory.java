package io.github.loopguard.detect.history;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongPredicate;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.history.PastCall.Source;
import io.github.loopguard.ledger.OccurrenceCounter;

/**
 * The last calls that detectors have found which look at event loops from outside, by
 * thread. Safe to share.
 */
public final class OutsideHistory {

	/** Where so many threads have calls, the next one makes all be forgotten. */
	private static final int MOST_THREADS = 1_024;

	private final Map<Long, CallHistory> threads = new HashMap<>();

	private boolean asked;

	/**
	 * Adds a call, if anybody may ask for it.
	 * @param thread identifier of the thread
	 * @param counter counts it
	 * @param begin when it began, in nanoseconds
	 * @param end when it ended, in nanoseconds
	 * @param source who has found it
	 */
	public synchronized void add(long thread, OccurrenceCounter counter, long begin, long end, Source source) {
		if (!this.asked) {
			return;
		}
		if (this.threads.size() >= MOST_THREADS && !this.threads.containsKey(thread)) {
			this.threads.clear();
		}
		this.threads.computeIfAbsent(thread, (id) -> new CallHistory()).add(counter, begin, end, source);
	}

	/**
	 * Keeps the calls of some threads, and forgets those of others.
	 * @param wanted recognizes threads of whose calls somebody may ask, by their
	 * identifier; {@code null} if nobody asks
	 */
	public synchronized void keep(@Nullable LongPredicate wanted) {
		this.asked = wanted != null;
		this.threads.keySet().removeIf((thread) -> wanted == null || !wanted.test(thread));
	}

	/**
	 * Finds the call that held a thread for most of some time.
	 * @param thread identifier of the thread
	 * @param from when the time begins, in nanoseconds
	 * @param to when it ends, in nanoseconds
	 * @return the call, or {@code null} if there is none
	 */
	public synchronized @Nullable PastCall find(long thread, long from, long to) {
		CallHistory history = this.threads.get(thread);
		return (history != null) ? history.find(from, to) : null;
	}

}
