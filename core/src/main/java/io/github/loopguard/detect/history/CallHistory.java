package io.github.loopguard.detect.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.history.PastCall.Source;
import io.github.loopguard.ledger.OccurrenceCounter;

/**
 * The last calls that have held one event loop, for detectors that find out later. One
 * thread writes it, without waiting, and without allocating except for the first call
 * that is kept; others read it, and may miss what it is overwritten with at that moment.
 */
public final class CallHistory {

	private static final int SIZE = 128;

	private static final VarHandle WRITTEN = written();

	private static volatile long shortest = Long.MAX_VALUE;

	private volatile @Nullable Entries entries;

	/** How many calls were written. */
	private long written;

	/** How long all calls have held the loop. */
	private long heldNanos;

	private @Nullable OccurrenceCounter latest;

	/**
	 * Keeps calls from now on.
	 * @param nanos duration of the shortest call that is kept, in nanoseconds;
	 * {@link Long#MAX_VALUE} for none
	 */
	public static void keepFrom(long nanos) {
		shortest = nanos;
	}

	/**
	 * Notes a call that has ended.
	 * @param counter counts it
	 * @param held how long it has held the loop, in nanoseconds, without what is counted
	 * elsewhere
	 */
	public void ended(OccurrenceCounter counter, long held) {
		this.heldNanos += held;
		this.latest = counter;
	}

	/**
	 * Keeps a call that has ended, allowed or not, unless it was short.
	 * @param counter counts it, or {@code null} if nothing does
	 * @param nanos how long it has held the loop, in nanoseconds
	 */
	public void keep(@Nullable OccurrenceCounter counter, long nanos) {
		if (nanos >= shortest && counter != null) {
			long now = System.nanoTime();
			add(counter, now - nanos, now, Source.HOOK);
		}
	}

	/**
	 * Keeps a call whose end is not seen.
	 * @param counter counts it, or {@code null} if nothing does
	 */
	public void keepBegun(@Nullable OccurrenceCounter counter) {
		if (shortest != Long.MAX_VALUE && counter != null) {
			long now = System.nanoTime();
			add(counter, now, now, Source.HOOK_WITHOUT_END);
		}
	}

	/**
	 * Adds a call.
	 * @param counter counts it
	 * @param begin when it began, in nanoseconds
	 * @param end when it ended, in nanoseconds
	 * @param source who has found it
	 */
	void add(OccurrenceCounter counter, long begin, long end, Source source) {
		Entries entries = this.entries;
		if (entries == null) {
			entries = new Entries();
			this.entries = entries;
		}
		long number = this.written;
		entries.set((int) (number % SIZE), counter, begin, end, source);
		WRITTEN.setRelease(this, number + 1);
	}

	/**
	 * Returns how long calls have held the loop since the start.
	 * @return the time in nanoseconds
	 */
	public long heldNanos() {
		return this.heldNanos;
	}

	/**
	 * Returns what counts the last call that has ended.
	 * @return the counter, or {@code null} if there was none
	 */
	public @Nullable OccurrenceCounter latest() {
		return this.latest;
	}

	/**
	 * Finds the call that held the loop for most of some time, the innermost one of
	 * several.
	 * @param from when the time begins, in nanoseconds
	 * @param to when it ends, in nanoseconds
	 * @return the call, or {@code null} if there is none
	 */
	public @Nullable PastCall find(long from, long to) {
		Entries entries = this.entries;
		long end = (long) WRITTEN.getAcquire(this);
		PastCall found = null;
		for (long number = end - 1; entries != null && number >= Math.max(0, end - SIZE); number--) {
			PastCall call = entries.get((int) (number % SIZE));
			VarHandle.loadLoadFence();
			if ((long) WRITTEN.getOpaque(this) - number >= SIZE) {
				break;
			}
			if (call != null && call.covers(from, to) && call.isInside(found)) {
				found = call;
			}
		}
		return found;
	}

	private static VarHandle written() {
		try {
			return MethodHandles.lookup().findVarHandle(CallHistory.class, "written", long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The calls.
	 */
	private static final class Entries {

		private final @Nullable OccurrenceCounter[] counters = new @Nullable OccurrenceCounter[SIZE];

		private final long[] begins = new long[SIZE];

		private final long[] ends = new long[SIZE];

		private final @Nullable Source[] sources = new @Nullable Source[SIZE];

		void set(int index, OccurrenceCounter counter, long begin, long end, Source source) {
			this.counters[index] = counter;
			this.begins[index] = begin;
			this.ends[index] = end;
			this.sources[index] = source;
		}

		@Nullable PastCall get(int index) {
			OccurrenceCounter counter = this.counters[index];
			Source source = this.sources[index];
			return (counter != null && source != null)
					? new PastCall(counter, this.begins[index], this.ends[index], source) : null;
		}

	}

}
