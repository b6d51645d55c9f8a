package io.github.loopguard.detect;

import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Frame;
import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.history.CallHistory;
import io.github.loopguard.detect.history.Hooked;
import io.github.loopguard.detect.history.Lasting;
import io.github.loopguard.detect.history.OutsideHistory;
import io.github.loopguard.detect.history.PastCall;
import io.github.loopguard.detect.history.PastCall.Source;
import io.github.loopguard.detect.stack.AttributedCall;
import io.github.loopguard.detect.stack.SynchronizedLines;
import io.github.loopguard.detect.stack.ThreadStack;
import io.github.loopguard.detect.timeline.Timeline;
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

	private final OutsideHistory history = new OutsideHistory();

	private final SynchronizedLines synchronizedLines = new SynchronizedLines();

	private volatile boolean muted;

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
		ClassLoader loader = thread.getContextClassLoader();
		String rule = (monitor != null) ? MONITOR : STALL;
		ThreadStack known = ThreadStack.of(stack(stack, loader, rule), this.hooks, rule);
		Finding finding = this.version.get().attribution().of(detector, thread.getName(), loader, known).finding();
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
	 * Attributes a call that has blocked another thread.
	 * @param detector name of the detector
	 * @param thread name of the thread
	 * @param loader finds the application's classes
	 * @param stack its stack, from the innermost frame, perhaps without those of the JDK
	 * @param call stands for the call where its stack does not show it
	 * @return what was found
	 */
	public Finding attribute(String detector, String thread, @Nullable ClassLoader loader,
			List<StackTraceElement> stack, Hook call) {
		ThreadStack known = ThreadStack.ofCall(stack(stack, loader, call.rule()), this.hooks, call);
		return this.version.get().attribution().of(detector, thread, loader, known).finding();
	}

	private List<StackTraceElement> stack(List<StackTraceElement> stack, @Nullable ClassLoader loader, String rule) {
		return (rule.equals(MONITOR) && isApplication(stack.get(0).getClassName()))
				? this.synchronizedLines.correct(stack, loader) : stack;
	}

	/**
	 * Returns the hook of a method.
	 * @param className binary name of the class
	 * @param methodName name of the method
	 * @return its hook, or {@code null} if the catalog has none
	 */
	public @Nullable Hook hook(String className, String methodName) {
		return this.hooks.get(className + "." + methodName);
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
	 * Returns whether a finding is allowed and was counted by a hook.
	 * @param finding what was found on a thread that hooks watch
	 * @return whether there is nothing to record
	 */
	public boolean isCounted(Finding finding) {
		return !this.muted && !finding.rule().equals(STALL) && !finding.rule().equals(MONITOR)
				&& this.version.get().policy().decide(finding).allowance() != null;
	}

	/**
	 * Records an occurrence that is over. May be called on any thread.
	 * @param finding what was found
	 * @param thread identifier of the thread
	 * @param begin when it began, in nanoseconds
	 * @param end when it ended, in nanoseconds; when it began if that is unknown
	 * @return what counts it, or {@code null} if nothing does
	 */
	public @Nullable OccurrenceCounter record(Finding finding, long thread, long begin, long end) {
		Occurrence occurrence = begun(finding);
		OccurrenceCounter counter = occurrence.counter();
		if (end != begin) {
			occurrence.end(end - begin);
		}
		else {
			occurrence.giveUp();
		}
		Timeline.found(counter, end - begin);
		if (counter != null) {
			this.history.add(thread, counter, begin, end, Source.EVENT);
		}
		return counter;
	}

	/**
	 * Counts a call that BlockHound lets pass.
	 * @param finding what was found
	 * @param allowance the reason
	 */
	public void allowed(Finding finding, Allowance allowance) {
		this.paths.allowed(finding, allowance);
	}

	/**
	 * Finds the counted call that held a thread for most of some time.
	 * @param thread identifier of the thread
	 * @param from when the time begins, in nanoseconds
	 * @param to when it ends, in nanoseconds
	 * @return the call, or {@code null} if none was
	 */
	public @Nullable PastCall during(long thread, long from, long to) {
		PastCall call = LoopThreads.during(thread, from, to);
		return (call != null) ? call : this.history.find(thread, from, to);
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
				Timeline.found(counter, nanos);
			}

			@Override
			public void held(long thread, long begin, long end) {
				if (counter != null) {
					OutsideCalls.this.history.add(thread, counter, begin, end, Source.TURN);
				}
			}

			@Override
			public @Nullable OccurrenceCounter counter() {
				return counter;
			}

		};
	}

	/**
	 * Adds a detector to those that saw what a hook has found.
	 * @param counter counts the call
	 * @param detector name of the detector
	 */
	public void seenBy(OccurrenceCounter counter, String detector) {
		ViolationEntry entry = counter.violation();
		if (entry != null) {
			entry.latest().seenBy(detector, null);
		}
	}

	Occurrence begun(Finding finding) {
		PolicyVersion version = this.version.get();
		CallPath path = CallPath.of(new AttributedCall(finding, false, false), false, version.policy().decide(finding));
		Occurrence occurrence = new Occurrence(null, new CallHistory(), () -> null);
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
	 * Returns the finding with which the current thread begins an occurrence, if it does.
	 */
	static @Nullable Finding current() {
		return CURRENT.get();
	}

	/**
	 * Ignores that there are hooks, because nobody listens to them.
	 * @param muted whether they are ignored
	 */
	public void mute(boolean muted) {
		this.muted = muted;
	}

	/**
	 * Returns whether hooks watch a thread.
	 * @param thread identifier of the thread
	 * @return whether hooks have fired there, and are not ignored
	 */
	public boolean isHooked(long thread) {
		return !this.muted && hooked(thread) != null;
	}

	/**
	 * Keeps what detectors find from outside of some threads, and forgets it of others.
	 * @param wanted accepts identifiers of threads to keep, {@code null} for none
	 */
	public void keep(@Nullable LongPredicate wanted) {
		this.history.keep(wanted);
	}

	/**
	 * Returns what hooks saw on a thread.
	 * @param thread identifier of the thread
	 * @return what they saw, or {@code null} if none has fired
	 */
	public @Nullable Hooked hooked(long thread) {
		LoopThread known = LoopThreads.of(thread);
		return (known != null) ? known.occurrence : null;
	}

}
