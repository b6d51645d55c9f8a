package io.github.loopguard.bridge;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the places of a lane: calls that wait or run (low half) and threads that are
 * still busy with what a subscriber does with a result (high half). One word, so that a
 * place is taken in a single step and never twice.
 */
final class LanePlaces {

	private static final long EMITTING = 1L << 32;

	private final AtomicLong taken = new AtomicLong();

	private final AtomicInteger open = new AtomicInteger();

	private final int threads;

	private final int limit;

	private final int maxOpen;

	LanePlaces(int threads, int limit, int maxOpen) {
		this.threads = threads;
		this.limit = limit;
		this.maxOpen = maxOpen;
	}

	/**
	 * Takes a place among the running and the waiting.
	 */
	boolean take() {
		return takeIfBelow(this.limit, false);
	}

	/**
	 * Takes a place for which a thread is certainly free, those busy with their
	 * subscribers not counted as free: what a lane's own thread may wait for.
	 */
	boolean takeFreeThread() {
		return takeIfBelow(this.threads, true);
	}

	/**
	 * Takes a place beyond the limit, for the next step of an open stream or session.
	 */
	void takeReserved() {
		this.taken.incrementAndGet();
	}

	void giveBack() {
		this.taken.decrementAndGet();
	}

	void startEmitting() {
		this.taken.addAndGet(EMITTING - 1);
	}

	void stopEmitting() {
		this.taken.addAndGet(-EMITTING);
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

	private boolean takeIfBelow(int bound, boolean countEmitting) {
		long now = this.taken.get();
		while (true) {
			int used = (int) now + (countEmitting ? (int) (now >>> 32) : 0);
			if (used >= bound) {
				return false;
			}
			if (this.taken.compareAndSet(now, now + 1)) {
				return true;
			}
			now = this.taken.get();
		}
	}

}
