package io.github.loopguard.ledger;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;

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
	public static final OccurrenceCounter IGNORED = withoutEntry(Action.OFF, new Total(), new LongAdder(),
			new LongAdder(), () -> false);

	private final @Nullable ViolationEntry entry;

	private final int lineNumber;

	private final Action action;

	private final Total total;

	private final LongAdder count;

	private final LongAdder heldBack;

	private final @Nullable ShortCalls shortCalls;

	private final BooleanSupplier outdated;

	private OccurrenceCounter(@Nullable ViolationEntry entry, int lineNumber, Action action, Total total,
			LongAdder count, LongAdder heldBack, @Nullable ShortCalls shortCalls, BooleanSupplier outdated) {
		this.entry = entry;
		this.lineNumber = lineNumber;
		this.action = action;
		this.total = total;
		this.count = count;
		this.heldBack = heldBack;
		this.shortCalls = shortCalls;
		this.outdated = outdated;
	}

	/**
	 * Returns a counter for a violation that the ledger keeps.
	 * @param entry the violation
	 * @param lineNumber line of the site, or -1 if unknown
	 * @param total where its occurrences are counted
	 * @param shortCalls what becomes of calls that are too short to be logged, or
	 * {@code null} if no call is
	 */
	static OccurrenceCounter of(ViolationEntry entry, int lineNumber, Total total, @Nullable ShortCalls shortCalls) {
		return new OccurrenceCounter(entry, lineNumber, entry.action(), total, entry.line(lineNumber), new LongAdder(),
				shortCalls, entry::isRetired);
	}

	/**
	 * Returns a counter for occurrences without a violation.
	 */
	static OccurrenceCounter withoutEntry(Action action, Total total, LongAdder count, LongAdder heldBack,
			BooleanSupplier outdated) {
		return new OccurrenceCounter(null, -1, action, total, count, heldBack, null, outdated);
	}

	/**
	 * Counts an occurrence that has begun.
	 */
	public void begun() {
		this.count.increment();
		if (this.entry != null) {
			this.entry.occurred();
		}
		if (this.shortCalls != null) {
			this.shortCalls.totals().undecided(1);
		}
		else {
			this.total.occurred(1);
		}
	}

	/**
	 * Counts an occurrence that was to be prevented and could not be.
	 */
	public void heldBack() {
		if (this.entry != null) {
			this.entry.addHeldBack();
		}
		else {
			this.heldBack.increment();
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
	 * Stops waiting for the end of an occurrence that has begun.
	 */
	public void givenUp() {
		if (this.entry != null && this.shortCalls != null) {
			this.entry.raise();
			this.total.occurred(1);
			this.shortCalls.totals().undecided(-1);
		}
	}

	/**
	 * Returns whether the next occurrence needs another counter, because the violation
	 * has left the ledger or finds a place in it now.
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

	private void held(int occurrences, long nanos) {
		if (this.entry != null) {
			this.entry.held(occurrences, nanos);
		}
		if (this.entry == null || this.shortCalls == null) {
			this.total.held(occurrences, nanos);
			return;
		}
		if (nanos >= this.shortCalls.logFromNanos()) {
			this.entry.raise();
		}
		Total counted = this.entry.isRaised() ? this.total : this.shortCalls.total();
		counted.occurred(occurrences);
		counted.held(occurrences, nanos);
		this.shortCalls.totals().undecided(-occurrences);
	}

	/**
	 * What becomes of calls that are too short to be logged. Until one call of the
	 * violation takes long enough, a call is only counted when its time is known.
	 *
	 * @param total where they are counted
	 * @param logFromNanos how long a call must take to be logged, in nanoseconds
	 * @param totals counts the calls whose time is not known yet
	 */
	record ShortCalls(Total total, long logFromNanos, Totals totals) {
	}

}
