package io.github.loopguard.ledger;

import java.util.concurrent.atomic.LongAdder;

import io.github.loopguard.Action;

/**
 * Adds what one violation counts to the sums it belongs to. Where a rule is only logged
 * from some time held on, a violation is merely observed until one of its calls took that
 * long, and a call belongs to a sum as soon as its time is known: no sum has to shrink.
 */
final class Account {

	private final long logFrom;

	private final LongAdder summed = new LongAdder();

	private final LongAdder quietCount = new LongAdder();

	private final LongAdder quietNanos = new LongAdder();

	private volatile Classification classification;

	private volatile boolean loud;

	Account(Classification classification) {
		this.classification = classification;
		this.logFrom = classification.logFrom().toNanos();
		this.loud = !isTimed();
	}

	void occurred(long weight) {
		if (!isTimed()) {
			this.classification.sum().occurred(weight);
		}
	}

	void held(long occurrences, long nanos) {
		if (!isTimed()) {
			this.classification.sum().held(occurrences, nanos);
			return;
		}
		if (nanos >= this.logFrom) {
			raise();
		}
		Total total = total(occurrences, nanos);
		total.occurred(occurrences);
		total.held(occurrences, nanos);
		this.summed.add(occurrences);
	}

	/**
	 * Adds a call whose return will not be seen.
	 */
	void givenUp() {
		if (isTimed()) {
			raise();
			this.classification.sum().occurred(1);
			this.summed.increment();
		}
	}

	/**
	 * Says that a call has taken long enough.
	 */
	void raise() {
		if (!this.loud) {
			this.loud = true;
		}
	}

	boolean isLoud() {
		return this.loud || action() == Action.FAIL;
	}

	/**
	 * Returns what is done about the violation, as far as it is known by now.
	 */
	Action action() {
		Action action = this.classification.action();
		return (action == Action.LOG && !this.loud) ? Action.OBSERVE : action;
	}

	Classification classification() {
		return this.classification;
	}

	/**
	 * Moves what was counted, because the policy or the origin changed.
	 */
	void reclassify(Classification classification, Counts counts) {
		Classification previous = this.classification;
		this.classification = classification;
		if (!classification.equals(previous)) {
			classification.takeOver(counts, previous);
		}
	}

	/**
	 * Takes over what another account has added up.
	 */
	void absorb(Counts counts, Classification from) {
		if (isTimed()) {
			this.summed.add(counts.summed());
		}
		this.quietCount.add(counts.quietCount());
		this.quietNanos.add(counts.quietNanos());
		this.classification.takeOver(counts, from);
	}

	Counts counts(long occurrences, long heldBack, long prevented, long heldCount, long heldNanos) {
		return new Counts(occurrences, heldBack, prevented, heldCount, heldNanos,
				isTimed() ? this.summed.sum() : occurrences, this.quietCount.sum(), this.quietNanos.sum());
	}

	private Total total(long occurrences, long nanos) {
		if (this.loud) {
			return this.classification.sum();
		}
		this.quietCount.add(occurrences);
		this.quietNanos.add(nanos);
		return this.classification.quiet();
	}

	private boolean isTimed() {
		return this.logFrom > 0;
	}

}
