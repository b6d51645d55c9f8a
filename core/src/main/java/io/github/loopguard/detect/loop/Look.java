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

	/**
	 * Returns when the turn ended that was under way at the look before.
	 */
	long end() {
		return (2 * this.used >= this.now - this.before) ? this.before + this.used
				: this.before + (this.now - this.before) / 2;
	}

}
