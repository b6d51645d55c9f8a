package io.github.loopguard.detect.loop;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

import io.github.loopguard.detect.thread.RunDelay;

/**
 * Finds out when the whole JVM stood still: the monitor itself slept too long, and either
 * a garbage collection explains it, or the monitor did not wait for a CPU meanwhile. That
 * is no event loop's fault.
 */
final class StopWatch {

	private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(10);

	/** The monitor may have to wait for a CPU for shorter times. */
	private static final long LEAST_STILL = TimeUnit.MILLISECONDS.toNanos(50);

	private static final int MOST_STOPS = 256;

	private final ThreadProbe probe;

	private final RunDelay runDelay = new RunDelay();

	/** When the monitor was last known to run, or zero. */
	private long last;

	private long delayed;

	private long cpu;

	private long collected;

	private long total;

	private volatile long count;

	/** The last times that it stood still. */
	private final Deque<Stop> lately = new ArrayDeque<>();

	StopWatch(ThreadProbe probe) {
		this.probe = probe;
		this.cpu = probe.processCpuTime();
		this.collected = probe.collectionTime();
	}

	/**
	 * Notes that the monitor has slept.
	 * @param planned how long it wanted to sleep, in nanoseconds
	 * @param now the time
	 */
	void slept(long planned, long now) {
		passed(planned, now, true);
	}

	/**
	 * Notes that the monitor has worked. It may have had to wait for something that other
	 * threads do, so that it stands still only if none of them does anything. What is too
	 * short is not looked at: asking for the CPU time of the process costs the more the
	 * more threads there are.
	 * @param reporting how long it was busy with others' code meanwhile, which may wait
	 * for anything
	 * @param now the time
	 */
	void worked(long reporting, long now) {
		if (now - this.last - reporting >= LEAST) {
			passed(reporting, now, false);
		}
		this.last = now;
	}

	private void passed(long expected, long now, boolean slept) {
		long cpu = this.probe.processCpuTime();
		long delayed = this.runDelay.nanos();
		long overshoot = (this.last != 0) ? now - this.last - expected : 0;
		long waited = (delayed >= 0) ? delayed - this.delayed : 0;
		long collected = this.probe.collectionTime();
		long pauses = TimeUnit.MILLISECONDS.toNanos(collected - this.collected);
		boolean others = (!slept || delayed < 0) && (cpu < 0 || cpu - this.cpu >= overshoot / 4);
		boolean still = !others && overshoot - waited >= LEAST_STILL;
		long stopped = Math.max(Math.min(overshoot, pauses), still ? overshoot - waited : 0);
		if (stopped >= LEAST) {
			this.total += stopped;
			this.count = this.count + 1;
			add(new Stop(now - overshoot, now, stopped));
		}
		this.last = now;
		this.delayed = delayed;
		this.collected = collected;
		this.cpu = cpu;
	}

	private void add(Stop stop) {
		synchronized (this.lately) {
			if (this.lately.size() >= MOST_STOPS) {
				this.lately.removeFirst();
			}
			this.lately.addLast(stop);
		}
	}

	/**
	 * Returns for how long at most the JVM stood still at some time, as far as that is
	 * known. May be called by any thread.
	 * @param begin when the time begins, in nanoseconds
	 * @param end when it ends, in nanoseconds
	 */
	long during(long begin, long end) {
		synchronized (this.lately) {
			return this.lately.stream().mapToLong((stop) -> stop.within(begin, end)).sum();
		}
	}

	/**
	 * Forgets when the monitor ran last, because it does not watch for a while.
	 */
	void pause() {
		this.last = 0;
	}

	/**
	 * Returns for how long the JVM has stood still since the start, in nanoseconds.
	 */
	long total() {
		return this.total;
	}

	/**
	 * Returns how often the JVM has stood still since the start.
	 */
	long count() {
		return this.count;
	}

	/**
	 * A time in which the JVM stood still for a while.
	 *
	 * @param begin when the monitor should have run
	 * @param end when it ran
	 * @param nanos for how long the JVM stood still
	 */
	private record Stop(long begin, long end, long nanos) {

		private long within(long begin, long end) {
			long from = (this.begin - begin > 0) ? this.begin : begin;
			long to = (this.end - end < 0) ? this.end : end;
			return Math.max(0, Math.min(this.nanos, to - from));
		}

	}

}
