package io.github.loopguard.detect.loop;

import java.util.concurrent.TimeUnit;

/**
 * How much CPU time the thread of one event loop uses. While the loop is known to wait
 * for work, that is asked for only now and then. Confined to the monitor's thread.
 */
final class CpuUse {

	private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);

	private static final long TICK_PERIOD = TimeUnit.SECONDS.toNanos(1);

	/** CPU time that waking without anything to do takes at most. */
	private static final long TICK = TimeUnit.MICROSECONDS.toNanos(200);

	/** One tick in so many is looked at more closely. */
	private static final int VERIFIED = 16;

	private final LoopStatistics statistics;

	private long total;

	private long knownAt;

	/** When the loop has last woken from idleness. */
	private long tickedAt;

	private int ticks;

	/** Whether nothing but the time told that it was a tick. */
	private boolean unverified;

	CpuUse(LoopStatistics statistics, long total, long now) {
		this.statistics = statistics;
		this.total = total;
		this.knownAt = now;
	}

	/**
	 * Returns whether it is time to ask though the loop waits.
	 */
	boolean isDue(long now) {
		return now - this.knownAt >= PERIOD;
	}

	/**
	 * Adds what was used since it was last known.
	 * @param total CPU time of the thread by now, or -1 if unknown
	 * @param before when the loop was looked at before. If the time was not asked for
	 * then, the loop is taken to have used until then what it uses on average
	 * @return how much was used since then, zero if unknown
	 */
	long add(long total, long before, long now) {
		if (total < 0) {
			return 0;
		}
		long ran = Math.max(0, total - this.total);
		long earlier = (long) (this.statistics.utilization() * Math.max(0, before - this.knownAt));
		this.statistics.used(Math.min(ran, now - this.knownAt), Math.max(1, now - this.knownAt));
		this.total = total;
		this.knownAt = now;
		return Math.max(0, ran - earlier);
	}

	long total() {
		return this.total;
	}

	/**
	 * Returns whether the loop has most likely only woken because it does so once a
	 * second, so that its stack need not be taken: Netty's do when they have nothing to
	 * do.
	 */
	boolean isTick(long now, long period, long used) {
		long since = now - this.tickedAt;
		this.tickedAt = now;
		this.unverified = used < TICK && Math.abs(since - TICK_PERIOD) <= period && ++this.ticks % VERIFIED != 0;
		return this.unverified;
	}

	/**
	 * Returns whether no other tick has followed the last one, which was not verified:
	 * the loop may be stuck since.
	 */
	boolean isTickMissing(long now) {
		return this.unverified && now - this.tickedAt > 2 * TICK_PERIOD;
	}

	/**
	 * Notes that the loop is known to wait.
	 */
	void verified() {
		this.unverified = false;
	}

}
