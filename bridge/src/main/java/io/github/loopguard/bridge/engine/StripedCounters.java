package io.github.loopguard.bridge.engine;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counters that many threads update together. All counters of a thread share cache lines
 * that few other threads write. A {@code LongAdder} for each counter is slower: without
 * contention its single cache line moves from thread to thread on every update.
 */
final class StripedCounters {

	private static final int STRIPES = 16;

	private static final int WIDTH = 16;

	private final AtomicLongArray cells = new AtomicLongArray((STRIPES + 1) * WIDTH);

	private int size;

	Counter newCounter() {
		if (this.size == WIDTH) {
			throw new IllegalStateException("A stripe has only " + WIDTH + " counters");
		}
		return new Counter(this.cells, this.size++);
	}

	static final class Counter {

		private final AtomicLongArray cells;

		private final int index;

		private Counter(AtomicLongArray cells, int index) {
			this.cells = cells;
			this.index = index;
		}

		void increment() {
			add(1);
		}

		void add(long amount) {
			int stripe = (int) Thread.currentThread().getId() & (STRIPES - 1);
			this.cells.getAndAdd(stripe * WIDTH + this.index, amount);
		}

		long sum() {
			long sum = 0;
			for (int stripe = 0; stripe < STRIPES; stripe++) {
				sum += this.cells.get(stripe * WIDTH + this.index);
			}
			return sum;
		}

	}

}
