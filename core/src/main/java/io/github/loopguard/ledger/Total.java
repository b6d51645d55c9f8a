package io.github.loopguard.ledger;

import java.util.concurrent.atomic.LongAdder;

/**
 * Sums since the start over all violations that are counted together.
 *
 * @since 0.1
 */
public final class Total {

	private final LongAdder occurrences = new LongAdder();

	private final LongAdder heldCount = new LongAdder();

	private final LongAdder heldNanos = new LongAdder();

	Total() {
	}

	void occurred(long weight) {
		this.occurrences.add(weight);
	}

	void held(long occurrences, long nanos) {
		this.heldCount.add(occurrences);
		this.heldNanos.add(nanos);
	}

	/**
	 * Returns the occurrences.
	 * @return how many
	 */
	public long occurrences() {
		return this.occurrences.sum();
	}

	/**
	 * Returns the occurrences whose duration is known.
	 * @return how many
	 */
	public long heldCount() {
		return this.heldCount.sum();
	}

	/**
	 * Returns how long they held event loops, together.
	 * @return the time in nanoseconds
	 */
	public long heldNanos() {
		return this.heldNanos.sum();
	}

}
