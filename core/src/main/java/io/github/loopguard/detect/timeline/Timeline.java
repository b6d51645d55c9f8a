package io.github.loopguard.detect.timeline;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ledger.OccurrenceCounter;

/**
 * Adds what Loopguard finds to the recordings that are running. Nothing of the flight
 * recorder is loaded until it is turned on.
 */
public final class Timeline {

	private static volatile @Nullable Events events;

	private Timeline() {
	}

	/**
	 * Turns the events on or off. Loads what they need; where that is not possible, there
	 * are none.
	 * @param wanted whether they are wanted
	 */
	public static void turnOn(boolean wanted) {
		try {
			events = (wanted && ModuleLayer.boot().findModule("jdk.jfr").isPresent()) ? new RecordedEvents() : null;
		}
		catch (RuntimeException | LinkageError ex) {
			events = null;
		}
	}

	/**
	 * Begins the call that blocks the current thread.
	 * @return to be ended, or {@code null} if no recording wants it
	 */
	public static @Nullable Span begin() {
		Events events = Timeline.events;
		return (events != null) ? events.begin() : null;
	}

	/**
	 * Adds a call that another thread has found.
	 * @param counter counts it
	 * @param nanos how long it held the event loop, in nanoseconds
	 */
	public static void found(@Nullable OccurrenceCounter counter, long nanos) {
		Events events = Timeline.events;
		if (events != null && counter != null) {
			events.found(counter, nanos);
		}
	}

	/**
	 * Adds a turn that took too long.
	 * @param turn the turn
	 */
	public static void turn(LongTurn turn) {
		Events events = Timeline.events;
		if (events != null) {
			events.turn(turn);
		}
	}

	/**
	 * A turn that took too long.
	 *
	 * @param loop name of the event loop
	 * @param nanos how long it took, in nanoseconds
	 * @param cause what held the loop
	 * @param blockedOn class of the lock or monitor that it waited for, or {@code null}
	 * @param heldBy thread that held this, or {@code null}
	 * @param violation identifier of the violation, or {@code null} if it is none
	 */
	public record LongTurn(String loop, long nanos, String cause, @Nullable String blockedOn, @Nullable String heldBy,
			@Nullable String violation) {
	}

	/**
	 * A call that is under way.
	 */
	public interface Span {

		/**
		 * Ends it.
		 * @param counter counts it
		 * @param nanos how long it held the event loop, in nanoseconds
		 */
		void end(OccurrenceCounter counter, long nanos);

	}

	/**
	 * What is loaded with the flight recorder.
	 */
	interface Events {

		@Nullable Span begin();

		void found(OccurrenceCounter counter, long nanos);

		void turn(LongTurn turn);

	}

}
