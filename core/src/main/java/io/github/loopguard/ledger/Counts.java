package io.github.loopguard.ledger;

/**
 * What an entry has counted, at one moment.
 *
 * @param occurrences calls
 * @param heldBack calls that were to be prevented and could not be
 * @param prevented calls that were prevented
 * @param heldCount calls whose duration is known
 * @param heldNanos sum of their durations
 * @param summed calls that are in the sums already
 * @param quietCount calls that were too short to be logged, before one was not
 * @param quietNanos sum of their durations
 */
record Counts(long occurrences, long heldBack, long prevented, long heldCount, long heldNanos, long summed,
		long quietCount, long quietNanos) {

	static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

	Counts minus(Counts other) {
		return new Counts(this.occurrences - other.occurrences, this.heldBack - other.heldBack,
				this.prevented - other.prevented, this.heldCount - other.heldCount, this.heldNanos - other.heldNanos,
				this.summed - other.summed, this.quietCount - other.quietCount, this.quietNanos - other.quietNanos);
	}

	/**
	 * Returns the calls that are not in the sums yet, because they have not returned.
	 */
	long goingOn() {
		return this.occurrences - this.summed;
	}

}
