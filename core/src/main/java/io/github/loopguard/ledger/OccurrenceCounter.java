package io.github.loopguard.ledger;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;

/**
 * Counts the occurrences of one violation on one line. Made for event loops: every method
 * only bumps striped counters.
 *
 * @since 0.1
 */
public final class OccurrenceCounter {

	/**
	 * Counts nothing: for occurrences whose action is {@link Action#OFF}.
	 */
	public static final OccurrenceCounter IGNORED = new OccurrenceCounter(null, new LongAdder(), -1,
			new Overflow(Action.OFF, new Total(), new LongAdder(), () -> true));

	private final @Nullable ViolationEntry entry;

	private final LongAdder line;

	private final int lineNumber;

	private final Overflow overflow;

	private OccurrenceCounter(@Nullable ViolationEntry entry, LongAdder line, int lineNumber, Overflow overflow) {
		this.entry = entry;
		this.line = line;
		this.lineNumber = lineNumber;
		this.overflow = overflow;
	}

	static OccurrenceCounter of(ViolationEntry entry, int lineNumber) {
		return new OccurrenceCounter(entry, entry.line(lineNumber), lineNumber, IGNORED.overflow);
	}

	/**
	 * Counts occurrences that find no place in the ledger.
	 */
	static OccurrenceCounter overflow(Overflow overflow, LongAdder dropped) {
		return new OccurrenceCounter(null, dropped, -1, overflow);
	}

	/**
	 * Counts occurrences.
	 * @param weight how many
	 */
	public void occurred(long weight) {
		this.line.add(weight);
		if (this.entry != null) {
			this.entry.occurred(weight);
		}
		else {
			this.overflow.total().occurred(weight);
		}
	}

	/**
	 * Records an occurrence that was counted here.
	 * @param recording what it belongs to
	 * @param route route of the request it happens in, or {@code null} if unknown
	 * @return hears of how the call goes on, or {@code null} if nobody wants to know
	 */
	public @Nullable RecordedViolation record(Recording recording, @Nullable String route) {
		if (this.entry != null) {
			return recording.occurred(this.entry, this.lineNumber, route);
		}
		recording.unnamed(this.overflow.action());
		return null;
	}

	/**
	 * Counts an occurrence that was to be prevented and could not be.
	 */
	public void heldBack() {
		if (this.entry != null) {
			this.entry.heldBack();
		}
		else {
			this.overflow.heldBack().increment();
		}
	}

	/**
	 * Counts an occurrence that was prevented.
	 */
	public void prevented() {
		if (this.entry != null) {
			this.entry.prevented();
		}
	}

	/**
	 * Adds the time an occurrence held its loop.
	 * @param occurrences number of occurrences that ended, 0 if one goes on
	 * @param nanos how long they held it, in nanoseconds
	 */
	public void held(long occurrences, long nanos) {
		if (this.entry != null) {
			this.entry.held(occurrences, nanos);
		}
		else {
			this.overflow.total().held(occurrences, nanos);
		}
	}

	/**
	 * Notes that the return of a call that was counted here will not be seen.
	 */
	public void givenUp() {
		if (this.entry != null) {
			this.entry.givenUp();
		}
	}

	/**
	 * Tells whether the violation has left the ledger, or finds a place in it now, so
	 * that the next occurrence needs a new tally.
	 * @return whether this tally is out of date
	 */
	public boolean isRetired() {
		return (this.entry != null) ? this.entry.isRetired() : !this.overflow.full().getAsBoolean();
	}

	/**
	 * Returns what is done about occurrences counted here.
	 * @return the action
	 */
	public Action action() {
		return (this.entry != null) ? this.entry.action() : this.overflow.action();
	}

	/**
	 * Tells whether both belong to the same violation.
	 * @param other another tally
	 * @return whether they count for one violation
	 */
	public boolean isSameViolation(OccurrenceCounter other) {
		return this.entry != null && this.entry == other.entry;
	}

	/**
	 * Where occurrences without a violation are counted.
	 *
	 * @param action what is done about them
	 * @param total sum they belong to
	 * @param heldBack counts those that could not be prevented
	 * @param full tells whether there still is no place for their violation
	 */
	record Overflow(Action action, Total total, LongAdder heldBack, BooleanSupplier full) {
	}

}
