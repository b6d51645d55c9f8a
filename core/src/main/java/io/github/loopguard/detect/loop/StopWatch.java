package io.github.loopguard.detect.loop;

import java.util.concurrent.TimeUnit;

/**
 * Finds out when the whole JVM stood still: the monitor itself slept too long, and either
 * a garbage collection explains it, or no thread of the JVM did anything and the monitor
 * did not wait for a CPU. That is no event loop's fault.
 */
final class StopWatch {

	private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(10);

	/** The monitor may have to wait for a CPU for shorter times. */
	private static final long LEAST_STILL = TimeUnit.MILLISECONDS.toNanos(50);

	private final ThreadProbe probe;

	private final RunDelay runDelay = new RunDelay();

	private long delayed;

	/** When the monitor woke last, or zero. */
	private long last;

	private long cpu;

	private long collected;

	private long total;

	private long count;

	StopWatch(ThreadProbe probe) {
		this.probe = probe;
		this.cpu = probe.processCpuTime();
		this.collected = probe.collectionTime();
	}

	/**
	 * Notes that time has passed for the monitor.
	 * @param planned how long it wanted to sleep meanwhile, in nanoseconds
	 * @param now the time
	 */
	void passed(long planned, long now) {
		long cpu = this.probe.processCpuTime();
		long delayed = this.runDelay.nanos();
		long overshoot = (this.last != 0) ? now - this.last - planned : 0;
		long waited = delayed - this.delayed;
		this.last = now;
		this.delayed = delayed;
		long collected = this.probe.collectionTime();
		long pauses = TimeUnit.MILLISECONDS.toNanos(collected - this.collected);
		boolean still = overshoot - waited >= LEAST_STILL && cpu >= 0 && cpu - this.cpu < overshoot / 4;
		long stopped = Math.max(Math.min(overshoot, pauses), still ? overshoot - Math.max(0, waited) : 0);
		if (stopped >= LEAST) {
			this.total += stopped;
			this.count++;
		}
		this.collected = collected;
		this.cpu = cpu;
	}

	/**
	 * Forgets when the monitor woke last, because it does not watch for a while.
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

}
