package io.github.loopguard.ledger;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.policy.Decision;

/**
 * Counts the occurrences of one violation on one line, under one decision. Called on
 * event loops: every method only increments striped counters.
 *
 * @since 0.1
 */
public final class OccurrenceCounter {

	/**
	 * Counts nothing: for occurrences whose action is {@link Action#OFF}.
	 */
	public static final OccurrenceCounter IGNORED = withoutEntry(new Totals(), Action.OFF, new Total(), new LongAdder(),
			() -> false);

	private final Totals totals;

	private final @Nullable ViolationEntry entry;

	private final int lineNumber;

	private final Action action;

	private final LongAdder count;

	private final Total total;

	/** Where calls are counted that are too short to be logged, if some are. */
	private final @Nullable Total shortCalls;

	private final long logFromNanos;

	private final BooleanSupplier outdated;

	private OccurrenceCounter(Totals totals, @Nullable ViolationEntry entry, int lineNumber, Action action,
			LongAdder count, Total total, @Nullable Total shortCalls, long logFromNanos, BooleanSupplier outdated) {
		this.totals = totals;
		this.entry = entry;
		this.lineNumber = lineNumber;
		this.action = action;
		this.count = count;
		this.total = total;
		this.shortCalls = shortCalls;
		this.logFromNanos = logFromNanos;
		this.outdated = outdated;
	}

	/**
	 * Returns a counter for a violation that the ledger keeps.
	 */
	static OccurrenceCounter of(Totals totals, ViolationEntry entry, int lineNumber, Decision decision, Total total,
			@Nullable Total shortCalls) {
		return new OccurrenceCounter(totals, entry, lineNumber, decision.action(), entry.line(lineNumber), total,
				shortCalls, decision.logFrom().toNanos(), entry::isRetired);
	}

	/**
	 * Returns a counter for occurrences without a violation.
	 */
	static OccurrenceCounter withoutEntry(Totals totals, Action action, Total total, LongAdder count,
			BooleanSupplier outdated) {
		return new OccurrenceCounter(totals, null, -1, action, count, total, null, 0, outdated);
	}

	/**
	 * Counts an occurrence that has begun.
	 */
	public void begun() {
		this.count.increment();
		if (this.entry != null) {
			this.entry.occurred();
		}
		if (this.action != Action.OFF) {
			this.totals.begun();
		}
		// The action for a call of a violation with short calls depends on how long it
		// takes.
		if (this.shortCalls == null) {
			this.total.occurred(1);
		}
	}

	/**
	 * Counts an occurrence that was to be prevented and could not be.
	 */
	public void heldBack() {
		this.totals.heldBack();
		if (this.entry != null) {
			this.entry.addHeldBack();
		}
	}

	/**
	 * Counts an occurrence that was prevented.
	 */
	public void prevented() {
		if (this.entry != null) {
			this.entry.addPrevented();
		}
	}

	/**
	 * Adds the time that an occurrence held its loop.
	 * @param nanos how long it held its loop, in nanoseconds
	 */
	public void ended(long nanos) {
		held(1, nanos);
	}

	/**
	 * Adds the time that a call held its loop which only went on with an occurrence.
	 * @param nanos how long it held its loop, in nanoseconds
	 */
	public void continued(long nanos) {
		held(0, nanos);
	}

	/**
	 * Notes that an occurrence that has begun lasts too long to wait for its end. Called
	 * by the ledger's thread.
	 * @param nanos how long it has held its loop so far, in nanoseconds
	 */
	public void lasts(long nanos) {
		if (this.entry != null) {
			this.entry.lasts(nanos);
		}
	}

	/**
	 * Stops waiting for the end of an occurrence that has begun.
	 */
	public void givenUp() {
		if (this.entry != null && this.logFromNanos > 0) {
			this.entry.raise();
		}
		if (this.shortCalls != null) {
			this.total.occurred(1);
		}
	}

	/**
	 * Adds the time that an occurrence held its loop whose end was not seen.
	 * @param nanos how long it held its loop, in nanoseconds
	 */
	public void timed(long nanos) {
		if (this.entry != null) {
			this.entry.held(1, nanos);
		}
		this.total.held(1, nanos);
	}

	private void held(int occurrences, long nanos) {
		if (this.entry != null) {
			this.entry.held(occurrences, nanos);
			if (this.logFromNanos > 0 && nanos >= this.logFromNanos) {
				this.entry.raise();
			}
		}
		if (this.entry == null || this.shortCalls == null) {
			this.total.held(occurrences, nanos);
			return;
		}
		Total counted = this.entry.isRaised() ? this.total : this.shortCalls;
		counted.occurred(occurrences);
		counted.held(occurrences, nanos);
	}

	/**
	 * Returns whether the next occurrence needs another counter, because the violation
	 * has left the ledger or finds a place in it now, or the allowance has expired.
	 * @return whether this counter is out of date
	 */
	public boolean isOutdated() {
		return this.outdated.getAsBoolean();
	}

	/**
	 * Returns what is done about the violation, as far as it is known by now.
	 * @return the action
	 */
	public Action action() {
		return (this.entry != null) ? this.entry.action() : this.action;
	}

	/**
	 * Returns whether both count for the same violation.
	 * @param other another counter
	 * @return whether the ledger keeps one violation for both
	 */
	public boolean isSameViolation(OccurrenceCounter other) {
		return this.entry != null && this.entry == other.entry;
	}

	/**
	 * Returns the violation.
	 * @return its entry in the ledger, or {@code null} if the ledger keeps none
	 */
	public @Nullable ViolationEntry violation() {
		return this.entry;
	}

	/**
	 * Returns the line of the site.
	 * @return the line, or -1 if unknown
	 */
	public int lineNumber() {
		return this.lineNumber;
	}

	/**
	 * Returns the violation that it counts for.
	 * @return its identifier, or {@code null} if it is none
	 */
	public @Nullable String violationId() {
		ViolationEntry entry = violation();
		return (entry != null) ? entry.latest().finding().key().id() : null;
	}

}
