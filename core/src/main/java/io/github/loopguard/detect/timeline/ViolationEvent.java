package io.github.loopguard.detect.timeline;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

import io.github.loopguard.Frame;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.ledger.ViolationEntry;
import io.github.loopguard.policy.Finding;

/**
 * A blocking call on an event loop. Where a hook saw it, it is on the thread of the event
 * loop and lasts as long as the call; otherwise it comes when it was found.
 */
@Name("loopguard.Violation")
@Label("Blocking Call")
@Description("A blocking call on an event loop")
@Category("Loopguard")
@StackTrace(false)
final class ViolationEvent extends Event implements Timeline.Span {

	@Label("Violation")
	private @Nullable String violation;

	@Label("Rule")
	private @Nullable String rule;

	@Label("API")
	private @Nullable String api;

	@Label("Site")
	private @Nullable String site;

	@Label("Detector")
	private @Nullable String detector;

	@Label("Event Loop")
	private @Nullable String loop;

	@Label("Held")
	@Timespan(Timespan.NANOSECONDS)
	private long held;

	@Override
	public void end(OccurrenceCounter counter, long nanos) {
		end();
		ViolationEntry entry = counter.violation();
		if (entry == null || !shouldCommit()) {
			return;
		}
		Finding finding = entry.latest().finding();
		Frame place = (finding.site() != null) ? finding.site() : finding.offender();
		this.violation = finding.key().id();
		this.rule = finding.rule();
		this.api = finding.api();
		this.site = (place != null) ? place.toString() : null;
		this.detector = finding.detector();
		this.loop = finding.thread();
		this.held = nanos;
		commit();
	}

}
