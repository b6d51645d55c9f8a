package io.github.loopguard.bridge;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the places of a lane: calls that wait, calls that run, and threads that are
 * still busy with what a subscriber does with a result. All three share one word, so that
 * a place is taken, and a call moves on, in a single step.
 */
final class LanePermits {

	static final int MOST_QUEUED = (1 << 24) - 1;

	static final int MOST_THREADS = (1 << 19) - 1;

	private static final int ACTIVE_SHIFT = 24;

	private static final int EMITTING_SHIFT = 44;

	private static final long QUEUED = 1;

	private static final long ACTIVE = 1L << ACTIVE_SHIFT;

	private static final long EMITTING = 1L << EMITTING_SHIFT;

	private final AtomicLong taken = new AtomicLong();

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
	 * Takes a place among the running and the waiting.
	 */
	boolean take() {
		long now = this.taken.get();
		while (queued(now) + active(now) < this.limit) {
			if (this.taken.compareAndSet(now, now + QUEUED)) {
				return true;
			}
			now = this.taken.get();
		}
		return false;
	}

	/**
	 * Takes a place for which a thread is certainly free, those busy with their
	 * subscribers not counted as free: what a lane's own thread may wait for.
	 */
	boolean takeFreeThread() {
		long now = this.taken.get();
		while (queued(now) + active(now) + emitting(now) < this.threads) {
			if (this.taken.compareAndSet(now, now + QUEUED)) {
				return true;
			}
			now = this.taken.get();
		}
		return false;
	}

	/**
	 * Takes a place beyond the limit, for the next step of an open stream or session.
	 */
	void takeReserved() {
		this.taken.addAndGet(QUEUED);
	}

	/**
	 * Gives the place of a call back that waited and will not run.
	 */
	void giveBack() {
		this.taken.addAndGet(-QUEUED);
	}

	void start() {
		this.taken.addAndGet(ACTIVE - QUEUED);
	}

	void startEmitting() {
		this.taken.addAndGet(EMITTING - ACTIVE);
	}

	void stopEmitting() {
		this.taken.addAndGet(-EMITTING);
	}

	int queued() {
		return queued(this.taken.get());
	}

	int active() {
		return active(this.taken.get());
	}

	boolean open() {
		int now = this.open.get();
		while (now < this.maxOpen) {
			if (this.open.compareAndSet(now, now + 1)) {
				return true;
			}
			now = this.open.get();
		}
		return false;
	}

	void close() {
		this.open.decrementAndGet();
	}

	int openNow() {
		return this.open.get();
	}

	private static int queued(long taken) {
		return (int) (taken & (ACTIVE - 1));
	}

	private static int active(long taken) {
		return (int) ((taken & (EMITTING - 1)) >>> ACTIVE_SHIFT);
	}

	private static int emitting(long taken) {
		return (int) (taken >>> EMITTING_SHIFT);
	}

}
