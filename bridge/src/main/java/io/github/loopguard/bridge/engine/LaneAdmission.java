package io.github.loopguard.bridge.engine;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.bridge.BridgeException;
import io.github.loopguard.bridge.LaneClosedException;
import io.github.loopguard.bridge.LaneFullException;
import io.github.loopguard.bridge.LaneKind;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.LaneStatus;

/**
 * Admits calls within the limits of a lane and counts their outcomes. Never waits.
 */
final class LaneAdmission {

	private final LaneSpec limits;

	private final LaneKind kind;

	private final LanePermits permits;

	private final LaneCounters counters = new LaneCounters();

	LaneAdmission(LaneSpec limits, LaneKind kind) {
		this.limits = limits;
		this.kind = kind;
		this.permits = new LanePermits(limits);
	}

	/**
	 * Admits a call.
	 * @return why the call is rejected, {@code null} if it is admitted
	 */
	@Nullable BridgeException admit(boolean closed) {
		this.counters.submitted.increment();
		if (!closed && this.permits.acquire()) {
			return null;
		}
		this.counters.rejected.increment();
		return closed ? closed() : LaneFullException.ofCalls(status(null));
	}

	/**
	 * Admits a call of one of the lane's own threads if another thread is free for it.
	 */
	boolean admitIfThreadFree() {
		boolean admitted = this.permits.acquireIfThreadFree();
		if (admitted) {
			this.counters.submitted.increment();
		}
		return admitted;
	}

	/**
	 * Admits the continuation of an admitted call, beyond the limits.
	 */
	void admitReserved() {
		this.permits.acquireReserved();
		this.counters.submitted.increment();
	}

	/**
	 * Admits a stream or a session.
	 * @return why it is rejected, {@code null} if it is admitted
	 */
	@Nullable BridgeException admitOpen(boolean closed) {
		if (!closed && this.permits.acquireOpen()) {
			return null;
		}
		this.counters.submitted.increment();
		this.counters.rejected.increment();
		return closed ? closed() : LaneFullException.ofOpen(status(null));
	}

	void releaseOpen() {
		this.permits.releaseOpen();
	}

	private BridgeException closed() {
		return new LaneClosedException(this.limits.name());
	}

	void started(long waited) {
		this.permits.start();
		this.counters.queueTime.add(waited);
	}

	void startedInPlace() {
		this.counters.inPlace.increment();
	}

	/**
	 * Records the end of a call's code; its thread emits the result next.
	 */
	void ended(long ran) {
		this.counters.runTime.add(ran);
		this.permits.startEmitting();
	}

	void emitted() {
		this.permits.stopEmitting();
	}

	/**
	 * Records the outcome of a call.
	 */
	void outcome(boolean delivered, @Nullable Throwable error) {
		if (!delivered) {
			this.counters.lingering.decrementAndGet();
		}
		else {
			((error != null) ? this.counters.failed : this.counters.completed).increment();
		}
	}

	/**
	 * Records that a queued call will not run.
	 */
	void dropped(CancelReason reason) {
		count(reason);
		this.permits.release();
	}

	/**
	 * Records that a call will not run in place.
	 */
	void droppedInPlace(CancelReason reason) {
		count(reason);
		this.counters.submitted.increment();
	}

	/**
	 * Records that the code of a call runs on without a subscriber.
	 */
	void detached(CancelReason reason, boolean abandoned) {
		this.counters.lingering.incrementAndGet();
		count(reason);
		if (abandoned) {
			this.counters.abandoned.increment();
		}
	}

	private void count(CancelReason reason) {
		switch (reason) {
			case QUEUE_TIMEOUT, RUN_TIMEOUT -> this.counters.timedOut.increment();
			case REJECTED -> this.counters.rejected.increment();
			case CANCELLED, CLOSED -> this.counters.cancelled.increment();
		}
	}

	int queued() {
		return this.permits.queued();
	}

	LaneStatus status(@Nullable Duration oldestQueued) {
		return this.counters.status(this.limits, this.kind, this.permits, oldestQueued);
	}

}
