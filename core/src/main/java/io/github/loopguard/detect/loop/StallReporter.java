package io.github.loopguard.detect.loop;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ViolationKey;
import io.github.loopguard.detect.OutsideCalls;
import io.github.loopguard.detect.history.Hooked;
import io.github.loopguard.detect.history.Lasting;
import io.github.loopguard.detect.loop.LoopState.Cause;
import io.github.loopguard.detect.loop.LoopState.Turn;
import io.github.loopguard.detect.loop.Stall.Share;
import io.github.loopguard.detect.waiting.StallImpact;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.policy.Finding;

/**
 * Tells stalls: as what hooks have seen where that explains them, as findings of the
 * monitor where it does not, and as a number where there are too many.
 */
final class StallReporter {

	/** On no machine a thread has to wait for a CPU for so long. */
	private static final long NEVER_STARVED = TimeUnit.SECONDS.toNanos(1);

	private final Supplier<@Nullable OutsideCalls> calls;

	private final StallImpact impact;

	private long minute = System.nanoTime();

	private int reported;

	private long spent;

	private volatile long suppressed;

	private volatile long unattributed;

	/**
	 * Creates a reporter.
	 * @param calls records what is found; {@code null} while nothing can be recorded
	 * @param impact counts what waits
	 */
	StallReporter(Supplier<@Nullable OutsideCalls> calls, StallImpact impact) {
		this.calls = calls;
		this.impact = impact;
	}

	/**
	 * Returns what hooks have seen on an event loop.
	 */
	@Nullable Hooked hooked(WatchedLoop loop) {
		if (loop.hooked == null) {
			loop.hooked = hooked(loop.id());
		}
		return loop.hooked;
	}

	/**
	 * Returns what hooks have seen on a thread.
	 */
	@Nullable Hooked hooked(long thread) {
		OutsideCalls calls = this.calls.get();
		return (calls != null) ? calls.hooked(thread) : null;
	}

	/**
	 * Returns whether a class is the application's.
	 */
	boolean isApplication(String className) {
		OutsideCalls calls = this.calls.get();
		return calls != null && calls.isApplication(className);
	}

	/**
	 * Tells a stall that lasts.
	 * @param nanos how long it has lasted so far
	 * @param threshold how long it may last
	 */
	void lasts(WatchedLoop loop, Stall stall, long nanos, long threshold, LoopMonitorSettings settings) {
		long begin = System.nanoTime();
		try {
			tellLasting(loop, stall, nanos, threshold, settings);
		}
		finally {
			this.spent += System.nanoTime() - begin;
		}
	}

	private void tellLasting(WatchedLoop loop, Stall stall, long nanos, long threshold, LoopMonitorSettings settings) {
		Hooked hooked = hooked(loop);
		long rest = Math.max(0, nanos - explained(loop, stall, nanos) - stall.starved(threshold));
		if (stall.lasting == null && (hooked == null || hooked.held() == null) && stall.isToTell(rest)
				&& isRoom(settings)) {
			Found found = find(loop, stall, nanos, threshold);
			if (found != null && !isCounted(loop, found)
					&& cause(found.sample, stall, nanos, threshold) != Cause.STARVED) {
				this.reported++;
				stall.lasting = begin(found.finding);
			}
		}
		if (stall.lasting != null) {
			stall.lasting.lasts(rest);
		}
	}

	/**
	 * Tells a stall that is over.
	 * @param nanos how long the turn took
	 * @param threshold how long it may have taken
	 * @param silent whether it is only counted
	 * @return what is kept of it
	 */
	Turn ended(WatchedLoop loop, Stall stall, long nanos, long threshold, boolean silent,
			LoopMonitorSettings settings) {
		long begin = System.nanoTime();
		try {
			return tellEnded(loop, stall, nanos, threshold, silent, settings);
		}
		finally {
			this.spent += System.nanoTime() - begin;
		}
	}

	private Turn tellEnded(WatchedLoop loop, Stall stall, long nanos, long threshold, boolean silent,
			LoopMonitorSettings settings) {
		long explained = explained(loop, stall, nanos);
		Found found = find(loop, stall, nanos, threshold);
		OccurrenceCounter violation = null;
		if (2 * explained >= nanos || explained >= threshold) {
			violation = seen(loop, stall, silent);
		}
		Sample sample = (found != null) ? found.sample : stall.longest();
		Cause cause = cause(sample, stall, nanos, threshold);
		this.unattributed = this.unattributed + ((found == null && cause != Cause.STARVED) ? 1 : 0);
		long rest = Math.max(0, nanos - explained - stall.starved(threshold));
		Lasting lasting = stall.lasting;
		if (lasting == null && !silent && found != null && cause != Cause.STARVED && rest >= threshold
				&& !isCounted(loop, found) && isToTell(settings)) {
			lasting = begin(found.finding);
		}
		violation = (violation != null || lasting == null) ? violation : lasting.counter();
		this.impact.ended(loop.thread(), nanos, (violation != null) ? violation.violation() : null);
		if (lasting != null) {
			lasting.end(rest);
			lasting.held(loop.id(), stall.start(), stall.start() + nanos);
		}
		return new Turn(Duration.ofNanos(nanos), cause, sample.blockedOn(), sample.heldBy(),
				(violation != null) ? violation.violationId() : null);
	}

	/**
	 * Returns for how long the monitor was busy with telling since it was asked last, in
	 * nanoseconds. That runs code of others, such as loaders of classes.
	 */
	long takeSpent() {
		long spent = this.spent;
		this.spent = 0;
		return spent;
	}

	/**
	 * Returns how many stalls were not told because there were too many.
	 */
	long suppressed() {
		return this.suppressed;
	}

	/**
	 * Returns how many stalls were not told because no code held the loop for most of the
	 * time.
	 */
	long unattributed() {
		return this.unattributed;
	}

	/**
	 * Returns the call that explains a stall, and adds the monitor to its detectors
	 * unless stalls are only counted.
	 */
	private @Nullable OccurrenceCounter seen(WatchedLoop loop, Stall stall, boolean silent) {
		OutsideCalls calls = this.calls.get();
		Hooked hooked = hooked(loop);
		OccurrenceCounter call = stall.call();
		if (call == null && hooked != null) {
			call = hooked.latest();
		}
		if (calls != null && call != null && !silent) {
			calls.seenBy(call, LoopMonitor.NAME);
		}
		return call;
	}

	private @Nullable Lasting begin(Finding finding) {
		OutsideCalls calls = this.calls.get();
		return (calls != null) ? calls.begin(finding) : null;
	}

	/**
	 * Returns for how much of the turn calls held the loop that hooks saw.
	 */
	private long explained(WatchedLoop loop, Stall stall, long nanos) {
		Hooked hooked = hooked(loop);
		return (hooked != null) ? Math.max(0, Math.min(nanos, hooked.heldSoFar() - stall.heldBefore())) : 0;
	}

	/**
	 * Returns whether what was found is allowed and a hook has counted it.
	 */
	private boolean isCounted(WatchedLoop loop, Found found) {
		OutsideCalls calls = this.calls.get();
		return loop.hooked != null && calls != null && calls.isCounted(found.finding);
	}

	private boolean isToTell(LoopMonitorSettings settings) {
		if (isRoom(settings)) {
			this.reported++;
			return true;
		}
		this.suppressed = this.suppressed + 1;
		return false;
	}

	private boolean isRoom(LoopMonitorSettings settings) {
		long now = System.nanoTime();
		if (now - this.minute >= TimeUnit.MINUTES.toNanos(1)) {
			this.minute = now;
			this.reported = 0;
		}
		return this.reported < settings.reportsPerMinute();
	}

	/**
	 * Finds what most samples agree on, or nothing if they agree on nothing.
	 */
	private @Nullable Found find(WatchedLoop loop, Stall stall, long nanos, long threshold) {
		OutsideCalls calls = this.calls.get();
		Thread thread = loop.thread();
		if (calls == null || thread == null) {
			return null;
		}
		Map<ViolationKey, Found> all = new HashMap<>();
		long total = stall.lost();
		Found most = null;
		for (Share share : stall.unexplained(threshold)) {
			Finding finding = finding(calls, thread, share.sample, stall, nanos, threshold);
			Found found = all.computeIfAbsent(finding.key(), (key) -> new Found(finding, share.sample));
			found.nanos += share.nanos;
			total += share.nanos;
			most = (most == null || found.nanos > most.nanos) ? found : most;
		}
		return (most != null && 2 * most.nanos < total) ? null : most;
	}

	private static Finding finding(OutsideCalls calls, Thread thread, Sample sample, Stall stall, long nanos,
			long threshold) {
		Cause cause = cause(sample, stall, nanos, threshold);
		String monitor = (sample.state() == Thread.State.BLOCKED) ? sample.blockedOn() : null;
		return calls.attribute(LoopMonitor.NAME, thread, sample.frames(), monitor, cause != Cause.BUSY,
				reason(sample, cause, stall, nanos));
	}

	/**
	 * Returns why the loop did not go on. Code that had the CPU for less than a turn may
	 * take did not hold it. If it had none at all for long, the JVM let it wait, such as
	 * for a class that another thread initializes.
	 */
	private static Cause cause(Sample sample, Stall stall, long nanos, long threshold) {
		Cause cause = sample.cause(stall.isBusy(nanos));
		if (cause != Cause.BUSY || stall.hasComputed(threshold)) {
			return cause;
		}
		return (!sample.runnable() && nanos >= NEVER_STARVED && 1_000 * stall.cpu() < nanos) ? Cause.BLOCKED
				: Cause.STARVED;
	}

	private static String reason(Sample sample, Cause cause, Stall stall, long nanos) {
		return switch (cause) {
			case BUSY -> "the event loop computed, " + stall.percentBusy(nanos) + " % of the time on the CPU";
			case STARVED -> "the event loop got no CPU";
			case NATIVE -> "the event loop waited in native code";
			case BLOCKED -> "the event loop waited" + ((sample.blockedOn() != null) ? " for " + sample.blockedOn() : "")
					+ ((sample.heldBy() != null) ? ", held by thread " + sample.heldBy() : "");
		};
	}

}
