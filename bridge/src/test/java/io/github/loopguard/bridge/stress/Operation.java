package io.github.loopguard.bridge.stress;

import java.util.concurrent.atomic.AtomicInteger;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * One random operation: what it is called in a report, the lane it uses, and what happens
 * when its blocking code starts.
 */
final class Operation {

	final StressRound round;

	final StressLane lane;

	private final String name;

	private final boolean part;

	/**
	 * How often the work of a single call has started.
	 */
	private final AtomicInteger runs = new AtomicInteger();

	private volatile boolean mustNotRun;

	private volatile boolean passesErrors;

	private volatile boolean cancelled;

	private volatile boolean limited;

	private volatile Runnable whenStarted = () -> {
	};

	Operation(StressRound round, StressLane lane, String name) {
		this(round, lane, name, false);
	}

	private Operation(StressRound round, StressLane lane, String name, boolean part) {
		this.round = round;
		this.lane = lane;
		this.name = name;
		this.part = part;
	}

	/**
	 * Returns an operation that is part of this one.
	 */
	Operation part(StressLane lane, String name) {
		return new Operation(this.round, lane, this.name + " > " + name, true);
	}

	/**
	 * Checks the signals of a lane's publisher.
	 */
	<T> Flux<T> checked(Publisher<? extends T> source) {
		return new CheckedFlux<>(this, source);
	}

	void whenStarted(Runnable action) {
		this.whenStarted = action;
	}

	/**
	 * Records that the blocking code starts, which it does once.
	 */
	void started() {
		if (this.runs.incrementAndGet() > 1) {
			fault("ran twice");
		}
		if (this.mustNotRun) {
			fault("ran although its subscriber was told that nothing of it would");
		}
		if (Thread.currentThread().isInterrupted() && !mayBeInterrupted()) {
			fault("starts interrupted");
		}
		this.whenStarted.run();
	}

	/**
	 * Accepts any error after the code has run, because it may be another operation's.
	 */
	Operation passingErrors() {
		this.passesErrors = true;
		return this;
	}

	/**
	 * Accepts that the time is over at any moment.
	 */
	Operation limited() {
		this.limited = true;
		return this;
	}

	private boolean mayBeInterrupted() {
		return this.part || this.cancelled || this.limited || this.round.closes()
				|| this.lane.spec != null && this.lane.spec.limits().runTimeout() != null;
	}

	void cancelled() {
		this.cancelled = true;
	}

	/**
	 * Records that the subscriber is told that nothing has run and nothing will.
	 */
	void mustNotRun() {
		if (this.passesErrors) {
			return;
		}
		this.mustNotRun = true;
		if (this.runs.get() > 0) {
			fault("ran although its subscriber is told that nothing of it has");
		}
	}

	void fault(String what) {
		this.round.faults.add(this + ", " + this.lane, what);
	}

	@Override
	public String toString() {
		return this.name + " in '" + this.lane.lane.name() + "'";
	}

}
