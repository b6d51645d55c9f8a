package io.github.loopguard.detect.timeline;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.timeline.Timeline.LongTurn;

/**
 * A turn of an event loop that took too long, when it was over.
 */
@Name("loopguard.Turn")
@Label("Long Turn")
@Description("A turn of an event loop that took longer than the threshold of the loop monitor")
@Category("Loopguard")
@StackTrace(false)
final class TurnEvent extends Event {

	@Label("Event Loop")
	private final String loop;

	@Label("Length")
	@Timespan(Timespan.NANOSECONDS)
	private final long length;

	@Label("Cause")
	private final String cause;

	@Label("Blocked On")
	private final @Nullable String blockedOn;

	@Label("Held By")
	private final @Nullable String heldBy;

	@Label("Violation")
	private final @Nullable String violation;

	TurnEvent(LongTurn turn) {
		this.loop = turn.loop();
		this.length = turn.nanos();
		this.cause = turn.cause();
		this.blockedOn = turn.blockedOn();
		this.heldBy = turn.heldBy();
		this.violation = turn.violation();
	}

}
