package io.github.loopguard.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.Held;
import io.github.loopguard.Site;
import io.github.loopguard.Violation;

/**
 * One violation as far as one {@linkplain Recording recording} saw it. Exact rather than
 * cheap: nothing is recorded outside of tests.
 *
 * @since 0.1
 */
public final class RecordedViolation {

	private static final int LINES = 16;

	private static final int THREADS = 8;

	private final @Nullable String route;

	private final List<StackTraceElement> stack = stackOfCaller();

	private final Instant firstSeen = Instant.now();

	private final Map<Integer, Long> lines = new LinkedHashMap<>();

	private final TreeSet<String> threads = new TreeSet<>();

	private Instant lastSeen = this.firstSeen;

	private long count;

	private long goingOn;

	private long begun;

	private long heldBack;

	private long prevented;

	private long heldCount;

	private long heldNanos;

	private long heldMax;

	RecordedViolation(@Nullable String route) {
		this.route = route;
	}

	synchronized void occurred(int line) {
		this.count++;
		this.goingOn++;
		this.begun = System.nanoTime();
		this.lastSeen = Instant.now();
		if (this.lines.size() < LINES || this.lines.containsKey(line)) {
			this.lines.merge(line, 1L, Long::sum);
		}
		if (this.threads.size() < THREADS) {
			this.threads.add(Thread.currentThread().getName());
		}
	}

	/**
	 * Notes that a call could not be prevented.
	 */
	public synchronized void heldBack() {
		this.heldBack++;
	}

	/**
	 * Notes that a call was prevented.
	 */
	public synchronized void prevented() {
		this.prevented++;
	}

	/**
	 * Notes that a call has returned.
	 * @param nanos how long it held its loop, in nanoseconds
	 */
	public synchronized void returned(long nanos) {
		this.goingOn--;
		this.heldCount++;
		this.heldNanos += nanos;
		this.heldMax = Math.max(this.heldMax, nanos);
	}

	/**
	 * Notes that a call's return will not be seen.
	 */
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
	 * Tells whether a call took this long, or goes on since then, or took nobody knows
	 * how long.
	 */
	synchronized boolean isAtLeast(Duration duration) {
		return this.heldMax >= duration.toNanos() || (this.heldCount == 0 && this.goingOn == 0)
				|| (this.goingOn > 0 && System.nanoTime() - this.begun >= duration.toNanos());
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
				violation.docs(), violation.fix());
	}

	private static List<StackTraceElement> stackOfCaller() {
		StackTraceElement[] stack = new Throwable().getStackTrace();
		int first = 0;
		for (int i = 0; i < stack.length; i++) {
			if (isDetector(stack[i].getClassName())) {
				first = i + 1;
			}
		}
		return List.of(Arrays.copyOfRange(stack, first, stack.length));
	}

	private static boolean isDetector(String className) {
		return className.startsWith("io.github.loopguard.ledger.")
				|| className.startsWith("io.github.loopguard.detect.") || className.startsWith("reactor.blockhound.");
	}

	private @Nullable Site site(@Nullable Site site) {
		if (site == null) {
			return null;
		}
		Map<String, Long> counts = new LinkedHashMap<>();
		int line = site.lineNumber();
		long most = 0;
		for (Map.Entry<Integer, Long> entry : this.lines.entrySet()) {
			int known = (entry.getKey() >= 0) ? entry.getKey() : site.lineNumber();
			counts.merge(String.valueOf(known), entry.getValue(), Long::sum);
			if (entry.getValue() > most) {
				most = entry.getValue();
				line = known;
			}
		}
		return new Site(site.className(), site.methodName(), site.fileName(), line, counts);
	}

}
