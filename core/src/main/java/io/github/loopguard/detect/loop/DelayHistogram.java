package io.github.loopguard.detect.loop;

import java.time.Duration;

import io.github.loopguard.detect.loop.LoopState.Delay;

/**
 * How long work had to wait for one event loop. Written by one thread.
 */
final class DelayHistogram {

	/** Eight buckets for each power of two, from one microsecond. */
	private static final int PER_POWER = 8;

	private final long[] buckets = new long[PER_POWER * 33];

	private long count;

	private long total;

	private long max;

	/**
	 * Adds what work had to wait that came at any time during a turn.
	 * @param nanos how long the turn took; zero if none was under way
	 * @param interval time between looks
	 */
	synchronized void addTurn(long nanos, long interval) {
		long rest = nanos;
		do {
			add(Math.max(0, rest));
			rest -= Math.max(interval, nanos / 1_000);
		}
		while (rest > 0);
	}

	private void add(long nanos) {
		this.buckets[bucket(nanos)]++;
		this.count++;
		this.total += nanos;
		this.max = Math.max(this.max, nanos);
	}

	synchronized Delay snapshot() {
		return new Delay(this.count, Duration.ofNanos(this.total), percentile(0.5), percentile(0.99),
				Duration.ofNanos(this.max));
	}

	private Duration percentile(double share) {
		long rank = (long) Math.ceil(share * this.count);
		long seen = 0;
		for (int i = 0; i < this.buckets.length; i++) {
			seen += this.buckets[i];
			if (seen >= rank) {
				return Duration.ofNanos(Math.min(this.max, value(i)));
			}
		}
		return Duration.ofNanos(this.max);
	}

	private int bucket(long nanos) {
		long micros = nanos / 1_000;
		if (micros < 1) {
			return 0;
		}
		int power = 63 - Long.numberOfLeadingZeros(micros);
		int step = (int) ((micros - (1L << power)) * PER_POWER >> power);
		return Math.min(this.buckets.length - 1, power * PER_POWER + step + 1);
	}

	/**
	 * Returns the upper end of a bucket in nanoseconds.
	 */
	private static long value(int bucket) {
		if (bucket == 0) {
			return 0;
		}
		int power = (bucket - 1) / PER_POWER;
		int step = (bucket - 1) % PER_POWER + 1;
		return ((1L << power) * (PER_POWER + step) / PER_POWER) * 1_000;
	}

}
