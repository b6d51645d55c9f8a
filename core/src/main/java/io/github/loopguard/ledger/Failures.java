package io.github.loopguard.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What was thrown by work that is done again and again. Keeping it neither allocates nor
 * logs, because a full heap or a broken logger may be the reason. Written by one thread
 * at a time.
 */
final class Failures {

	private volatile long count;

	private volatile @Nullable Throwable last;

	/**
	 * Does a part of the work, whatever it throws.
	 */
	void attempt(Runnable part) {
		try {
			part.run();
		}
		catch (Throwable ex) {
			add(ex);
		}
	}

	@SuppressWarnings("NonAtomicVolatileUpdate")
	void add(Throwable thrown) {
		this.count++;
		this.last = thrown;
	}

	/**
	 * Forgets what was thrown, because the work is done without now.
	 */
	void recovered() {
		this.last = null;
	}

	long count() {
		return this.count;
	}

	/**
	 * Returns what was thrown last, or {@code null} if nothing was since it recovered.
	 */
	@Nullable Throwable last() {
		return this.last;
	}

}
