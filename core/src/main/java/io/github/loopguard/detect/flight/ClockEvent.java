package io.github.loopguard.detect.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * Tells the difference between the clock of a recording and the JVM's, which run apart
 * when the time of the machine is corrected.
 */
@Name("loopguard.Clock")
@Label("Clock")
@Description("Time of System.nanoTime(), by which Loopguard finds what hooks saw of the same call")
@Category("Loopguard")
@Enabled(false)
@StackTrace(false)
final class ClockEvent extends Event {

	@Label("Nanoseconds")
	private long nanos;

	/**
	 * Adds the time to recordings that have this event enabled.
	 */
	static void tick() {
		ClockEvent event = new ClockEvent();
		event.nanos = System.nanoTime();
		event.commit();
	}

}
