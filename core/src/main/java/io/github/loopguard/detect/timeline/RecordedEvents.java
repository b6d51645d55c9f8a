package io.github.loopguard.detect.timeline;

import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.timeline.Timeline.LongTurn;
import io.github.loopguard.detect.timeline.Timeline.Span;
import io.github.loopguard.ledger.OccurrenceCounter;

/**
 * Makes events. Loaded only where the JVM has a flight recorder.
 */
final class RecordedEvents implements Timeline.Events {

	RecordedEvents() {
		FlightRecorder.register(ViolationEvent.class);
		FlightRecorder.register(TurnEvent.class);
	}

	@Override
	public @Nullable Span begin() {
		ViolationEvent event = new ViolationEvent();
		if (!event.isEnabled()) {
			return null;
		}
		event.begin();
		return event;
	}

	@Override
	public void found(OccurrenceCounter counter, long nanos) {
		ViolationEvent event = new ViolationEvent();
		if (event.isEnabled()) {
			event.end(counter, nanos);
		}
	}

	@Override
	public void turn(LongTurn turn) {
		new TurnEvent(turn).commit();
	}

}
