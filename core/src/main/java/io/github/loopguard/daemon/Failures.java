package io.github.loopguard.daemon;

import org.jspecify.annotations.Nullable;

/**
 * What was thrown by work that is done again and again. Keeping it neither allocates nor
 * logs, because a full heap or a broken logger may be the reason. Written by one thread
 * at a time.
 */
public final class Failures {

	private volatile long count;

	private volatile @Nullable Throwable last;

	/**
	 * Does a part of the work, whatever it throws.
	 * @param part the part
	 */
	public void attempt(Runnable part) {
		try {
			part.run();
		}
		catch (Throwable ex) {
			add(ex);
		}
	}

	/**
	 * Notes what was thrown.
	 * @param thrown what was thrown
	 */
	@SuppressWarnings("NonAtomicVolatileUpdate")
	public void add(Throwable thrown) {
		this.count++;
		this.last = thrown;
	}

	/**
	 * Forgets what was thrown, because the work is done without now.
	 */
	public void recovered() {
		this.last = null;
	}

	/**
	 * Returns how often something was thrown.
	 * @return the number since the start
	 */
	public long count() {
		return this.count;
	}

	/**
	 * Returns what was thrown last.
	 * @return what was thrown, or {@code null} if nothing was since it recovered
	 */
	public @Nullable Throwable last() {
		return this.last;
	}

}
