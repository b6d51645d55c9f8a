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
		while (!this.passed.isEmpty() && now - this.passed.peekFirst() >= WINDOW) {
			this.passed.removeFirst();
		}
		if (this.passed.size() >= limit) {
			return false;
		}
		this.passed.addLast(now);
		return true;
	}

	/**
	 * Counts a line that is not written, because it did not pass.
	 */
	void suppress(long now) {
		if (this.suppressed++ == 0) {
			this.suppressedSince = now;
		}
	}

	/**
	 * Returns how many lines were not written since at least a minute ago, provided that
	 * there is a line left to say so.
	 */
	long suppressed(long now, int limit) {
		boolean due = this.suppressed > 0 && now - this.suppressedSince >= WINDOW;
		return (due && tryPass(now, limit)) ? this.suppressed : 0;
	}

	/**
	 * Forgets the lines that were not written, because a line has said so.
	 */
	void said() {
		this.suppressed = 0;
	}

}
