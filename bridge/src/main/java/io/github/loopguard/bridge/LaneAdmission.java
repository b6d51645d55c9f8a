package io.github.loopguard.bridge;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How far a lane's limits are used up: gives out places, takes them back, and counts what
 * becomes of each call. Never waits.
 */
final class LaneAdmission {

	private final LaneSpec limits;

	private final LaneKind kind;

	private final LanePermits places;

	private final LaneCounters counters = new LaneCounters();

	LaneAdmission(LaneSpec limits, LaneKind kind) {
		this.limits = limits;
		this.kind = kind;
		this.places = new LanePermits(limits);
	}

	/**
	 * Admits a call.
	 * @return why not, or {@code null}
	 */
	@Nullable BridgeException admit(boolean closed) {
		this.counters.submitted.increment();
		if (!closed && this.places.take()) {
			return null;
		}
		this.counters.rejected.increment();
		return closed ? closed() : LaneFullException.ofCalls(status(null));
	}

	/**
	 * Admits a call of one of the lane's own threads, if another thread is free for it.
	 */
	boolean admitBeside() {
		boolean admitted = this.places.takeFreeThread();
		if (admitted) {
			this.counters.submitted.increment();
		}
		return admitted;
	}

	/**
	 * Admits what continues something that was admitted before, beyond the limits.
	 */
	void admitReserved() {
		this.places.takeReserved();
		this.counters.submitted.increment();
	}

	/**
	 * Takes the place of a stream or a session.
	 * @return why there is none, or {@code null}
	 */
	@Nullable BridgeException open(boolean closed) {
		if (!closed && this.places.open()) {
			return null;
		}
		this.counters.submitted.increment();
		this.counters.rejected.increment();
		return closed ? closed() : LaneFullException.ofOpen(status(null));
	}

	void close() {
		this.places.close();
	}

	private BridgeException closed() {
		return new LaneClosedException(this.limits.name());
	}

	void started(long waited) {
		this.places.start();
		this.counters.queueTime.add(waited);
	}

	void startedInPlace() {
		this.counters.inPlace.increment();
	}

	/**
	 * The code has ended, and its thread goes on with what the subscriber makes of it.
	 */
	void ended(long ran) {
		this.counters.runTime.add(ran);
		this.places.startEmitting();
	}

	void left() {
		this.places.stopEmitting();
	}

	void outcome(boolean wanted, @Nullable Throwable error) {
		if (!wanted) {
			this.counters.lingering.decrementAndGet();
		}
		else {
			((error != null) ? this.counters.failed : this.counters.completed).increment();
		}
	}

	/**
	 * A call that waited for a place of the lane will not run.
	 */
	void dropped(CancelReason why) {
		count(why);
		this.places.giveBack();
	}

	/**
	 * A call that would have run in place will not run.
	 */
	void droppedInPlace(CancelReason why) {
		count(why);
		this.counters.submitted.increment();
	}

	void orphaned(CancelReason why, boolean abandoned) {
		this.counters.lingering.incrementAndGet();
		count(why);
		if (abandoned) {
			this.counters.abandoned.increment();
		}
	}

	private void count(CancelReason why) {
		switch (why) {
			case QUEUE_TIMEOUT, RUN_TIMEOUT -> this.counters.timedOut.increment();
			case REJECTED -> this.counters.rejected.increment();
			case CANCELLED, CLOSED -> this.counters.cancelled.increment();
		}
	}

	int queued() {
		return this.places.queued();
	}

	LaneStatus status(@Nullable Duration oldestQueued) {
		return this.counters.status(this.limits, this.kind, this.places, oldestQueued);
	}

}
