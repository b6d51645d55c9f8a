package io.github.loopguard.ledger;

import java.util.concurrent.atomic.LongAdder;

import io.github.loopguard.Action;
import io.github.loopguard.Origin;

/**
 * What was counted since the start for occurrences that are counted together. Never
 * decreases.
 *
 * @since 0.1
 */
public final class Total {

	private final LongAdder occurrences = new LongAdder();

	private final LongAdder heldCount = new LongAdder();

	private final LongAdder heldNanos = new LongAdder();

	Total() {
	}

	void occurred(long count) {
		this.occurrences.add(count);
	}

	void held(long count, long nanos) {
		this.heldCount.add(count);
		this.heldNanos.add(nanos);
	}

	/**
	 * Returns the number of occurrences.
	 * @return how many
	 */
	public long occurrences() {
		return this.occurrences.sum();
	}

	/**
	 * Returns the number of occurrences whose duration is known.
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

	/**
	 * What occurrences have in common that are counted together.
	 *
	 * @param rule identifier of the rule
	 * @param origin whose code made the call
	 * @param action the action that was in force
	 * @param detector the detector that saw it first
	 */
	public record Key(String rule, Origin origin, Action action, String detector) {
	}

}
