package io.github.loopguard.detect.loop;

import java.util.concurrent.TimeUnit;

/**
 * Finds out when the whole JVM stood still: the monitor itself slept too long, and either
 * a garbage collection explains it or no thread of the JVM did anything. That is no event
 * loop's fault.
 */
final class StopWatch {

	private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(20);

	private final ThreadProbe probe;

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
	 * Notes how long the monitor slept.
	 * @param planned how long it wanted to sleep, in nanoseconds
	 * @param slept how long it slept
	 */
	void slept(long planned, long slept) {
		long cpu = this.probe.processCpuTime();
		long overshoot = slept - planned;
		if (overshoot >= LEAST) {
			long collected = this.probe.collectionTime();
			boolean collection = TimeUnit.MILLISECONDS.toNanos(collected - this.collected) >= overshoot / 3;
			boolean still = cpu >= 0 && cpu - this.cpu < overshoot / 3;
			if (collection || still) {
				this.total += overshoot;
				this.count++;
			}
			this.collected = collected;
		}
		this.cpu = cpu;
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
