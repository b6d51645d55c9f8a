package io.github.loopguard.detect.waiting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Waited;
import io.github.loopguard.Waited.Route;
import io.github.loopguard.detect.RequestSource.Request;
import io.github.loopguard.detect.thread.ExecutorProgress;
import io.github.loopguard.detect.waiting.StallImpact.ClientTimeout;
import io.github.loopguard.ledger.ViolationEntry;

/**
 * One or more stalls of an event loop that follow each other before it has read from all
 * its connections. Counts what waited for them: each request once for a violation,
 * however many of its stalls it waited for. Confined to the monitor's thread, except for
 * what says that others call it.
 */
final class Standstill {

	/** More stalls that follow each other are told apart. */
	private static final int MOST_STALLS = 32;

	/** The routes of so many requests are looked at. */
	private static final int MOST_REQUESTS = 64;

	/** Timeouts of each kind beyond this number are in the meters only. */
	private static final int MOST_TIMEOUTS = 10_000;

	/** An announcement waits no longer for what has waited. */
	private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);

	/** A call that lasts as long is told while it lasts. */
	private static final long LASTING = TimeUnit.MILLISECONDS.toNanos(900);

	/** A loop that does not tell that it goes on is given up. */
	private static final long LOST = TimeUnit.SECONDS.toNanos(5);

	/** The route of a request is found soon after it has begun. */
	private static final long ROUTING = TimeUnit.MILLISECONDS.toNanos(100);

	private final Thread thread;

	private final List<PastStall> stalls = new ArrayList<>();

	private final AtomicInteger begun = new AtomicInteger();

	private final Queue<Supplier<Request>> requests = new ConcurrentLinkedQueue<>();

	private final Map<ClientTimeout, Integer> timeouts = new EnumMap<>(ClientTimeout.class);

	private @Nullable OpenStall current;

	private boolean reads;

	private @Nullable Runnable unmark;

	private long endedAt;

	private volatile boolean read;

	private volatile boolean over;

	Standstill(Thread thread) {
		this.thread = thread;
	}

	/**
	 * Notes that a request has begun. Called by the event loop.
	 */
	void requestBegun(Supplier<Request> request) {
		if (!this.read && this.begun.incrementAndGet() <= MOST_REQUESTS) {
			this.requests.add(request);
		}
	}

	/**
	 * Returns whether the loop has read from its connections, and run its timers. Called
	 * by any thread.
	 */
	boolean isOver() {
		return this.over;
	}

	/**
	 * Notes that a client call timed out. Called by any thread.
	 * @return whether the loop stood still
	 */
	boolean timedOut(ClientTimeout kind) {
		if (this.over) {
			return false;
		}
		synchronized (this.timeouts) {
			this.timeouts.merge(kind, 1, (one, other) -> Math.min(MOST_TIMEOUTS, one + other));
		}
		return true;
	}

	/**
	 * Notes that the loop stands still.
	 */
	void lasts(long lasted, @Nullable ViolationEntry call) {
		OpenStall stall = this.current;
		if (stall == null) {
			stall = new OpenStall(this.thread, this.begun.get(), lasted);
			this.current = stall;
			mark();
		}
		stall.lasts(lasted, call, Math.min(PATIENCE, LASTING - lasted));
	}

	/**
	 * Notes that a stall is over.
	 */
	void ended(long nanos, @Nullable ViolationEntry violation) {
		OpenStall stall = this.current;
		if (stall == null) {
			return;
		}
		this.current = null;
		this.endedAt = System.nanoTime();
		this.stalls.add(stall.end(nanos, violation));
		if (violation != null) {
			violation.waited().countsFor(PATIENCE);
		}
		if (!this.reads) {
			this.over = true;
		}
	}

	/**
	 * Returns whether the next stall belongs to another standstill.
	 */
	boolean isComplete() {
		return this.current == null && (this.read || this.over || this.stalls.size() >= MOST_STALLS);
	}

	/**
	 * Returns whether all is known that will be known.
	 */
	boolean isToldNow() {
		if (this.current != null) {
			return !this.thread.isAlive();
		}
		long since = System.nanoTime() - this.endedAt;
		return since >= LOST || !this.thread.isAlive()
				|| (this.over && (since >= ROUTING || requests().allMatch((it) -> it.route() != null)));
	}

	/**
	 * Adds what waited to the violations.
	 */
	void settle() {
		this.over = true;
		if (this.unmark != null) {
			this.unmark.run();
		}
		OpenStall current = this.current;
		if (current != null) {
			current.end(0, null);
		}
		Map<ViolationEntry, List<PastStall>> byViolation = new LinkedHashMap<>();
		for (PastStall stall : this.stalls) {
			if (stall.violation() != null) {
				byViolation.computeIfAbsent(stall.violation().latest(), (key) -> new ArrayList<>()).add(stall);
			}
		}
		List<ViolationEntry> violations = List.copyOf(byViolation.keySet());
		byViolation.forEach((violation, stalls) -> violation.waited()
			.add(waited(stalls, (violation == violations.get(violations.size() - 1)) ? timeoutsByName() : Map.of())));
	}

	private void mark() {
		if (this.unmark != null) {
			this.unmark.run();
		}
		this.unmark = ExecutorProgress.mark(this.thread, this::hasRead, this::isOverNow);
		this.reads = this.unmark != null;
	}

	private void hasRead() {
		this.read = true;
	}

	private void isOverNow() {
		this.over = true;
	}

	private Waited waited(List<PastStall> stalls, Map<String, Long> timeouts) {
		int all = this.begun.get();
		long requests = 0;
		long nanos = 0;
		Long tasks = null;
		for (PastStall stall : stalls) {
			requests = Math.max(requests, all - stall.begunBefore());
			tasks = (stall.tasks() == null || (tasks != null && tasks >= stall.tasks())) ? tasks
					: Long.valueOf(stall.tasks());
			long waiting = (this.reads ? all - stall.begunBefore() : 0) + ((stall.tasks() != null) ? stall.tasks() : 0);
			nanos += waiting * stall.nanos();
		}
		List<Request> known = (this.reads && requests > 0) ? requests().toList() : List.of();
		return new Waited(tasks, this.reads ? Long.valueOf(requests) : null, this.reads ? Boolean.TRUE : null,
				routes(known), known.stream().map(Request::traceId).filter((it) -> it != null).findFirst().orElse(null),
				(tasks != null || this.reads) ? Duration.ofNanos(nanos) : null, timeouts);
	}

	/**
	 * Returns what is known of the requests by now. Code of others tells it, which may
	 * fail.
	 */
	private Stream<Request> requests() {
		return this.requests.stream().map((request) -> {
			try {
				return request.get();
			}
			catch (RuntimeException | LinkageError ex) {
				return Request.NONE;
			}
		});
	}

	private static List<Route> routes(List<Request> requests) {
		Map<String, Route> routes = new LinkedHashMap<>();
		for (Request request : requests) {
			String route = request.route();
			if (route != null && (routes.size() < Waited.MAX_ROUTES || routes.containsKey(route))) {
				routes.merge(route, new Route(route, request.traceId()),
						(one, other) -> (one.traceId() != null) ? one : other);
			}
		}
		return List.copyOf(routes.values());
	}

	private Map<String, Long> timeoutsByName() {
		Map<String, Long> names = new TreeMap<>();
		synchronized (this.timeouts) {
			this.timeouts.forEach((kind, count) -> names.put(kind.id(), count.longValue()));
		}
		return names;
	}

}
