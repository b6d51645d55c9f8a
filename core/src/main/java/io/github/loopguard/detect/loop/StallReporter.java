package io.github.loopguard.detect.loop;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ViolationKey;
import io.github.loopguard.detect.OutsideCalls;
import io.github.loopguard.detect.OutsideCalls.Hooked;
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

	private final Supplier<@Nullable OutsideCalls> calls;

	private final StallImpact impact;

	private long minute = System.nanoTime();

	private int reported;

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
		OutsideCalls calls = this.calls.get();
		if (loop.hooked == null && calls != null) {
			loop.hooked = calls.hooked(loop.id());
		}
		return loop.hooked;
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
	 */
	void lasts(WatchedLoop loop, Stall stall, long nanos, LoopMonitorSettings settings) {
		if (stall.lasting == null && explained(loop, stall, nanos) == 0) {
			Found found = find(loop, stall, nanos);
			if (found != null && cause(found.sample, stall, nanos, settings.threshold(loop.group())) != Cause.STARVED
					&& isToTell(settings)) {
				stall.lasting = begin(found.finding);
			}
		}
		if (stall.lasting != null) {
			stall.lasting.lasts(nanos);
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
		long explained = explained(loop, stall, nanos);
		Found found = find(loop, stall, nanos);
		OccurrenceCounter violation = null;
		if (2 * explained >= nanos || explained >= threshold) {
			violation = seen(loop, stall, silent);
		}
		Sample sample = (found != null) ? found.sample : stall.latest();
		Cause cause = cause(sample, stall, nanos, threshold);
		Lasting lasting = stall.lasting;
		if (lasting == null && !silent && found != null && cause != Cause.STARVED && nanos - explained >= threshold
				&& isToTell(settings)) {
			lasting = begin(found.finding);
		}
		violation = (violation != null || lasting == null) ? violation : lasting.counter();
		this.impact.ended(loop.thread(), nanos, (violation != null) ? violation.violation() : null);
		if (lasting != null) {
			lasting.end(nanos - explained);
			lasting.held(loop.id(), stall.start(), stall.start() + nanos);
		}
		return new Turn(Duration.ofNanos(nanos), cause, sample.blockedOn(), sample.heldBy(),
				OutsideCalls.idOf(violation));
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

	@SuppressWarnings("NonAtomicVolatileUpdate")
	private boolean isToTell(LoopMonitorSettings settings) {
		long now = System.nanoTime();
		if (now - this.minute >= TimeUnit.MINUTES.toNanos(1)) {
			this.minute = now;
			this.reported = 0;
		}
		if (this.reported < settings.reportsPerMinute()) {
			this.reported++;
			return true;
		}
		this.suppressed++;
		return false;
	}

	/**
	 * Finds what most samples agree on, or nothing if they agree on nothing.
	 */
	@SuppressWarnings("NonAtomicVolatileUpdate")
	private @Nullable Found find(WatchedLoop loop, Stall stall, long nanos) {
		OutsideCalls calls = this.calls.get();
		Thread thread = loop.thread();
		if (calls == null || thread == null) {
			return null;
		}
		Map<ViolationKey, Found> all = new HashMap<>();
		long total = 0;
		Found most = null;
		for (Share share : stall.unexplained()) {
			Finding finding = finding(calls, thread, share.sample, stall, nanos);
			Found found = all.computeIfAbsent(finding.key(), (key) -> new Found(finding, share.sample));
			found.nanos += share.nanos;
			total += share.nanos;
			most = (most == null || found.nanos > most.nanos) ? found : most;
		}
		if (most != null && 2 * most.nanos < total) {
			this.unattributed++;
			return null;
		}
		return most;
	}

	private Finding finding(OutsideCalls calls, Thread thread, Sample sample, Stall stall, long nanos) {
		boolean busy = stall.isBusy(nanos);
		Cause cause = sample.cause(busy);
		String monitor = (sample.state() == Thread.State.BLOCKED) ? sample.blockedOn() : null;
		return calls.attribute(LoopMonitor.NAME, thread, sample.frames(), monitor, cause != Cause.BUSY,
				reason(sample, cause, stall, nanos));
	}

	/**
	 * Returns why the loop did not go on. Code that had the CPU for a fraction of what a
	 * turn may take did not hold it.
	 */
	private static Cause cause(Sample sample, Stall stall, long nanos, long threshold) {
		Cause cause = sample.cause(stall.isBusy(nanos));
		return (cause == Cause.BUSY && 2 * stall.cpu() < threshold) ? Cause.STARVED : cause;
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

	/**
	 * What some samples agree on.
	 */
	private static final class Found {

		private final Finding finding;

		private final Sample sample;

		private long nanos;

		private Found(Finding finding, Sample sample) {
			this.finding = finding;
			this.sample = sample;
		}

	}

}
