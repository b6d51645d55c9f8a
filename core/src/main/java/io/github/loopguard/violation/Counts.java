package io.github.loopguard.violation;

/**
 * What an entry has counted, at one moment.
 *
 * @param occurrences calls
 * @param heldBack calls that were to be prevented and could not be
 * @param prevented calls that were prevented
 * @param heldCount calls whose duration is known
 * @param heldNanos sum of their durations
 */
record Counts(long occurrences, long heldBack, long prevented, long heldCount, long heldNanos) {

	Counts minus(Counts other) {
		return new Counts(this.occurrences - other.occurrences, this.heldBack - other.heldBack,
				this.prevented - other.prevented, this.heldCount - other.heldCount, this.heldNanos - other.heldNanos);
	}

}
