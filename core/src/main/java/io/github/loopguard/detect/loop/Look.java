package io.github.loopguard.detect.loop;

/**
 * What a look at an event loop shows.
 *
 * @param before time of the look before
 * @param now time of the look
 * @param used CPU time that was used meanwhile
 * @param moved whether the executor went on to other work
 * @param changed whether the CPU is used in another way
 */
record Look(long before, long now, long used, boolean moved, boolean changed) {

	/** If the monitor itself came late, nobody is accused of the time in between. */
	private static final long MOST = 10_000_000;

	/**
	 * Returns how long before a look something may have begun that it noticed.
	 * @param period how often the loop is looked at
	 */
	static long most(long period) {
		return Math.max(MOST, period + period / 2);
	}

	/**
	 * Returns when the turn ended that was under way at the look before.
	 */
	long end() {
		if (this.moved) {
			return this.before + Math.min(MOST, (this.now - this.before) / 2);
		}
		return (2 * this.used >= this.now - this.before) ? this.before + this.used
				: this.before + (this.now - this.before) / 2;
	}

}
