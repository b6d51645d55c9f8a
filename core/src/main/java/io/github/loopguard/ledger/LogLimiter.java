package io.github.loopguard.ledger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Lets a bounded number of lines pass in any minute and counts the rest. Confined to one
 * thread.
 */
final class LogLimiter {

	private static final long WINDOW = TimeUnit.MINUTES.toNanos(1);

	/** When lines passed, within the last minute. */
	private final Deque<Long> passed = new ArrayDeque<>();

	private long suppressed;

	private long suppressedSince;

	/**
	 * Asks for one line.
	 * @return whether it may be written
	 */
	boolean tryPass(long now, int limit) {
		if (pass(now, limit)) {
			return true;
		}
		if (this.suppressed++ == 0) {
			this.suppressedSince = now;
		}
		return false;
	}

	/**
	 * Returns how many lines did not pass since at least a minute ago, once, provided
	 * that there is a line left to say so.
	 */
	long drainSuppressed(long now, int limit) {
		if (this.suppressed == 0 || now - this.suppressedSince < WINDOW || !pass(now, limit)) {
			return 0;
		}
		long drained = this.suppressed;
		this.suppressed = 0;
		return drained;
	}

	private boolean pass(long now, int limit) {
		while (!this.passed.isEmpty() && now - this.passed.peekFirst() >= WINDOW) {
			this.passed.removeFirst();
		}
		if (this.passed.size() >= limit) {
			return false;
		}
		this.passed.addLast(now);
		return true;
	}

}
