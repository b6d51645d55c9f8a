package io.github.loopguard.violation;

import java.util.concurrent.TimeUnit;

/**
 * Lets a bounded number of lines pass in a minute and counts the rest. Confined to one
 * thread.
 */
final class LogLimiter {

	private static final long WINDOW = TimeUnit.MINUTES.toNanos(1);

	private long windowStart;

	private boolean started;

	private int passed;

	private long suppressed;

	/**
	 * Asks for one line.
	 * @return whether it may be written
	 */
	boolean tryPass(long now, int limit) {
		roll(now);
		if (this.passed < limit) {
			this.passed++;
			return true;
		}
		this.suppressed++;
		return false;
	}

	/**
	 * Returns how many lines did not pass in the window that has just ended, once.
	 */
	long drainSuppressed(long now) {
		if (this.suppressed == 0 || now - this.windowStart < WINDOW) {
			return 0;
		}
		long drained = this.suppressed;
		roll(now);
		this.suppressed = 0;
		this.passed++;
		return drained;
	}

	private void roll(long now) {
		if (!this.started || now - this.windowStart >= WINDOW) {
			this.started = true;
			this.windowStart = now;
			this.passed = 0;
		}
	}

}
