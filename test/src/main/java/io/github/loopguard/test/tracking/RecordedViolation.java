package io.github.loopguard.test.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.Held;
import io.github.loopguard.Site;
import io.github.loopguard.Violation;
import io.github.loopguard.detect.OccurrenceListener;
import io.github.loopguard.detect.OccurrenceListener.Progress;

/**
 * One violation as far as one {@linkplain Recording recording} saw it. Exact rather than
 * cheap: nothing is recorded outside of tests.
 */
final class RecordedViolation implements Progress {

	private final @Nullable String route;

	private final List<StackTraceElement> stack = OccurrenceListener.stackOfCall();

	private final Instant firstSeen = Instant.now();

	private final Map<Integer, Long> lines = new LinkedHashMap<>();

	private final TreeSet<String> threads = new TreeSet<>();

	private Instant lastSeen = this.firstSeen;

	private long count;

	private long goingOn;

	private long lastBegun;

	private long heldBack;

	private long prevented;

	private long heldCount;

	private long heldNanos;

	private long heldMax;

	RecordedViolation(@Nullable String route) {
		this.route = route;
	}

	synchronized void begun(int line) {
		this.count++;
		this.goingOn++;
		this.lastBegun = System.nanoTime();
		this.lastSeen = Instant.now();
		if (this.lines.size() < Site.MAX_LINES || this.lines.containsKey(line)) {
			this.lines.merge(line, 1L, Long::sum);
		}
		if (this.threads.size() < Violation.MAX_THREADS) {
			this.threads.add(OccurrenceListener.threadOfCall());
		}
	}

	@Override
	public synchronized void heldBack() {
		this.heldBack++;
	}

	@Override
	public synchronized void prevented() {
		this.prevented++;
	}

	@Override
	public synchronized void ended(long nanos) {
		this.goingOn--;
		this.heldCount++;
		this.heldNanos += nanos;
		this.heldMax = Math.max(this.heldMax, nanos);
	}

	@Override
	public synchronized void givenUp() {
		this.goingOn--;
	}

	/**
	 * Returns the stack of the first occurrence.
	 */
	List<StackTraceElement> stack() {
		return this.stack;
	}

	synchronized boolean isGoingOn() {
		return this.goingOn > 0;
	}

	/**
	 * Returns whether a call took this long, or goes on since then, or took an unknown
	 * time.
	 */
	synchronized boolean isAtLeast(Duration duration) {
		return this.heldMax >= duration.toNanos() || (this.heldCount == 0 && this.goingOn == 0)
				|| (this.goingOn > 0 && System.nanoTime() - this.lastBegun >= duration.toNanos());
	}

	/**
	 * Returns a violation with what was recorded in place of what the ledger counted.
	 */
	synchronized Violation of(Violation violation, Action action) {
		Held held = new Held(this.heldCount, Duration.ofNanos(this.heldNanos), Duration.ofNanos(this.heldMax), null);
		return new Violation(violation.id(), violation.rule(), violation.api(), violation.detectors(),
				violation.origin(), action, violation.owner(), violation.tolerated(), site(violation.site()),
				violation.offender(), violation.assemblySite(), this.count, this.firstSeen, this.lastSeen,
				this.heldBack, this.prevented, held, violation.waited(), List.copyOf(this.threads), this.route, null,
				violation.docs(), violation.fix(), violation.formerKeys(), violation.resources());
	}

	private @Nullable Site site(@Nullable Site site) {
		if (site == null) {
			return null;
		}
		Map<Integer, Long> counts = new LinkedHashMap<>();
		this.lines.forEach((line, count) -> counts.merge((line >= 0) ? line : site.lineNumber(), count, Long::sum));
		return Site.of(site.frame(), counts, 0);
	}

}
