package io.github.loopguard.bridge.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.loopguard.bridge.LaneSpec;

/**
 * The permits of a lane: for calls that wait, calls that run, and threads that emit a
 * result to a subscriber. All three counts share one {@code long}, so that each change is
 * a single atomic step.
 */
final class LanePermits {

	// Room for LaneSpec.MAX_THREADS + LaneSpec.MAX_QUEUE_CAPACITY
	private static final int ACTIVE_SHIFT = 24;

	private static final int EMITTING_SHIFT = 44;

	private static final long QUEUED = 1;

	private static final long ACTIVE = 1L << ACTIVE_SHIFT;

	private static final long EMITTING = 1L << EMITTING_SHIFT;

	private final AtomicLong acquired = new AtomicLong();

	private final AtomicInteger open = new AtomicInteger();

	private final int threads;

	private final int limit;

	private final int maxOpen;

	LanePermits(LaneSpec limits) {
		this.threads = limits.threads();
		this.limit = limits.threads() + limits.queueCapacity();
		this.maxOpen = limits.maxOpen();
	}

	/**
	 * Acquires a permit to wait or run.
	 */
	boolean acquire() {
		return acquire(this.limit, false);
	}

	/**
	 * Acquires a permit for which a thread is free; a thread that emits is not.
	 */
	boolean acquireIfThreadFree() {
		return acquire(this.threads, true);
	}

	private boolean acquire(int limit, boolean countEmitting) {
		long now = this.acquired.get();
		while (queued(now) + active(now) + (countEmitting ? emitting(now) : 0) < limit) {
			if (this.acquired.compareAndSet(now, now + QUEUED)) {
				return true;
			}
			now = this.acquired.get();
		}
		return false;
	}

	/**
	 * Acquires a permit beyond the limit, for the next step of an open stream or session.
	 */
	void acquireReserved() {
		this.acquired.addAndGet(QUEUED);
	}

	/**
	 * Releases the permit of a queued call that will not run.
	 */
	void release() {
		this.acquired.addAndGet(-QUEUED);
	}

	void start() {
		this.acquired.addAndGet(ACTIVE - QUEUED);
	}

	void startEmitting() {
		this.acquired.addAndGet(EMITTING - ACTIVE);
	}

	void stopEmitting() {
		this.acquired.addAndGet(-EMITTING);
	}

	int queued() {
		return queued(this.acquired.get());
	}

	int active() {
		return active(this.acquired.get());
	}

	boolean acquireOpen() {
		int now = this.open.get();
		while (now < this.maxOpen) {
			if (this.open.compareAndSet(now, now + 1)) {
				return true;
			}
			now = this.open.get();
		}
		return false;
	}

	void releaseOpen() {
		this.open.decrementAndGet();
	}

	int open() {
		return this.open.get();
	}

	private static int queued(long acquired) {
		return (int) (acquired & (ACTIVE - 1));
	}

	private static int active(long acquired) {
		return (int) ((acquired & (EMITTING - 1)) >>> ACTIVE_SHIFT);
	}

	private static int emitting(long acquired) {
		return (int) (acquired >>> EMITTING_SHIFT);
	}

}
