package io.github.loopguard.detect;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Frame;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.stack.AttributedCall;
import io.github.loopguard.detect.stack.ThreadStack;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.ledger.ViolationEntry;
import io.github.loopguard.policy.Finding;

/**
 * What detectors use that look at event loops from outside. None of it runs on an event
 * loop.
 *
 * @since 0.2
 */
public final class OutsideCalls {

	/**
	 * Rule of what holds an event loop and is no call that the catalog knows.
	 */
	public static final String STALL = "loop-stall";

	private static final String MONITOR = "monitor-enter";

	private static final ThreadLocal<@Nullable Finding> CURRENT = new ThreadLocal<>();

	private final Map<String, Hook> hooks;

	private final PathFinder paths;

	private final Supplier<PolicyVersion> version;

	private final Supplier<@Nullable OccurrenceListener> listener;

	OutsideCalls(Catalog catalog, PathFinder paths, Supplier<PolicyVersion> version,
			Supplier<@Nullable OccurrenceListener> listener) {
		this.hooks = ThreadStack.hooks(catalog);
		this.paths = paths;
		this.version = version;
		this.listener = listener;
	}

	/**
	 * Attributes what holds another thread: a call that the catalog knows has the same
	 * rule, API and site as if its hook had fired.
	 * @param detector name of the detector
	 * @param thread the thread
	 * @param stack its stack, from the innermost frame outwards
	 * @param monitor class of the monitor that it waits to enter, or {@code null}
	 * @param waits whether it waits, rather than computes
	 * @param reason how it is held
	 * @return what was found
	 */
	public Finding attribute(String detector, Thread thread, List<StackTraceElement> stack, @Nullable String monitor,
			boolean waits, String reason) {
		ThreadStack known = ThreadStack.of(stack, this.hooks, (monitor != null) ? MONITOR : STALL);
		Finding finding = this.version.get().attribution().of(detector, thread, known).finding();
		if (monitor != null) {
			return finding.named(MONITOR, "synchronized (" + monitor.replace('$', '.') + ")", reason);
		}
		if (known.isKnown(finding.stack().walked())) {
			return finding;
		}
		Frame frame = (finding.site() != null) ? finding.site() : finding.offender();
		String api = (waits || frame == null) ? finding.api()
				: frame.className().replace('$', '.') + "." + frame.methodName();
		return finding.named(STALL, api, reason);
	}

	/**
	 * Returns whether a class is the application's.
	 * @param className binary name of the class
	 * @return whether it is in one of the application's packages
	 */
	public boolean isApplication(String className) {
		return this.version.get().attribution().isApplication(className);
	}

	/**
	 * Returns whether a finding is allowed and of a call on which there is a hook, which
	 * has counted it.
	 * @param finding what was found on a thread that hooks watch
	 * @return whether there is nothing to record
	 */
	public boolean isCounted(Finding finding) {
		return !finding.rule().equals(STALL) && !finding.rule().equals(MONITOR)
				&& this.version.get().policy().decide(finding).allowance() != null;
	}

	/**
	 * Records an occurrence that is over. May be called on any thread.
	 * @param finding what was found
	 * @param held how long it held the event loop
	 */
	public void record(Finding finding, Duration held) {
		begun(finding).end(held.toNanos());
	}

	/**
	 * Begins an occurrence that is told while it lasts.
	 * @param finding what was found
	 * @return to be ended
	 */
	public Lasting begin(Finding finding) {
		Occurrence occurrence = begun(finding);
		OccurrenceCounter counter = occurrence.latest();
		return new Lasting() {

			@Override
			public void lasts(long nanos) {
				if (counter != null) {
					counter.lasts(nanos);
				}
			}

			@Override
			public void end(long nanos) {
				occurrence.end(nanos);
			}

			@Override
			public @Nullable String violation() {
				return (counter != null) ? idOf(counter) : null;
			}

		};
	}

	/**
	 * Adds a detector to those that saw what a hook has found.
	 * @param counter counts the call
	 * @param detector name of the detector
	 * @return identifier of the violation, or {@code null} if it is none
	 */
	public @Nullable String seenBy(OccurrenceCounter counter, String detector) {
		ViolationEntry entry = counter.violation();
		if (entry != null) {
			entry.latest().seenBy(detector);
		}
		return idOf(counter);
	}

	private static @Nullable String idOf(OccurrenceCounter counter) {
		ViolationEntry entry = counter.violation();
		return (entry != null) ? entry.latest().finding().key().id() : null;
	}

	Occurrence begun(Finding finding) {
		PolicyVersion version = this.version.get();
		CallPath path = CallPath.of(new AttributedCall(finding, false, false), false, version.policy().decide(finding));
		Occurrence occurrence = new Occurrence(null);
		CURRENT.set(finding);
		try {
			occurrence.begin(this.paths.counted(version, path, finding), null, this.listener.get(),
					() -> new RequestSource.Request(finding.route(), finding.traceId()));
			if (occurrence.isToFail()) {
				occurrence.heldBack();
			}
		}
		finally {
			CURRENT.remove();
		}
		return occurrence;
	}

	/**
	 * Returns the finding with which the current thread begins an occurrence, or
	 * {@code null} if it does not.
	 */
	static @Nullable Finding current() {
		return CURRENT.get();
	}

	/**
	 * Returns what hooks saw on a thread.
	 * @param thread identifier of the thread
	 * @return what they saw, or {@code null} if none has fired
	 */
	public @Nullable Hooked hooked(long thread) {
		LoopThread known = LoopThreads.of(thread);
		return (known != null) ? new Seen(known.occurrence) : null;
	}

	/**
	 * What hooks saw on one thread. Reading it costs the thread nothing.
	 */
	public interface Hooked {

		/**
		 * Returns how long occurrences have held the thread since the start.
		 * @return the time in nanoseconds
		 */
		long heldSoFar();

		/**
		 * Returns what counts the call that holds the thread now.
		 * @return the counter, or {@code null} if no occurrence is open
		 */
		@Nullable OccurrenceCounter held();

		/**
		 * Returns what counts the last call that has held the thread.
		 * @return the counter, or {@code null} if there was none
		 */
		@Nullable OccurrenceCounter latest();

	}

	/**
	 * An occurrence that is told while it lasts.
	 */
	public interface Lasting {

		/**
		 * Notes that it goes on.
		 * @param nanos how long it has held its loop so far, in nanoseconds
		 */
		void lasts(long nanos);

		/**
		 * Ends it.
		 * @param nanos how long it held its loop, in nanoseconds
		 */
		void end(long nanos);

		/**
		 * Returns the violation.
		 * @return its identifier, or {@code null} if it is none
		 */
		@Nullable String violation();

	}

	private record Seen(Occurrence occurrence) implements Hooked {

		@Override
		public long heldSoFar() {
			return this.occurrence.heldSoFar();
		}

		@Override
		public @Nullable OccurrenceCounter held() {
			return this.occurrence.isUnderWay() ? this.occurrence.latest() : null;
		}

		@Override
		public @Nullable OccurrenceCounter latest() {
			return this.occurrence.latest();
		}

	}

}
