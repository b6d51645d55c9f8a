package io.github.loopguard.bridge.engine;

import java.util.function.Supplier;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * Work that a lane has run, on the thread that ran it. Loaded only where the JVM has a
 * flight recorder.
 */
@Name("loopguard.LaneCall")
@Label("Call in a Lane")
@Description("Work that a lane of the BlockingBridge has run")
@Category("Loopguard")
@StackTrace(false)
final class LaneCallEvent extends Event implements LaneTimeline.Span {

	@Label("Lane")
	private @Nullable String lane;

	@Label("Waited")
	@Timespan(Timespan.NANOSECONDS)
	private long waited;

	@Label("Outcome")
	private @Nullable String outcome;

	@Label("Error")
	private @Nullable String error;

	/**
	 * Registers the event.
	 */
	static Supplier<LaneTimeline.@Nullable Span> spans() {
		FlightRecorder.register(LaneCallEvent.class);
		return LaneCallEvent::started;
	}

	private static LaneTimeline.@Nullable Span started() {
		LaneCallEvent event = new LaneCallEvent();
		if (!event.isEnabled()) {
			return null;
		}
		event.begin();
		return event;
	}

	@Override
	public void end(LaneTask<?> task, boolean delivered, @Nullable Throwable error) {
		end();
		if (!shouldCommit()) {
			return;
		}
		this.lane = task.engine.name();
		this.waited = Math.max(0, task.waited());
		this.outcome = !delivered ? "DETACHED" : (error != null) ? "FAILED" : "COMPLETED";
		this.error = (error != null) ? error.getClass().getName() : null;
		commit();
	}

}
