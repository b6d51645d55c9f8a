package io.github.loopguard.bridge;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counters that are written together by many threads. A thread finds all of them in cache
 * lines that few others write; a {@code LongAdder} each would fetch a line from the
 * previous thread for every counter as long as nobody contends.
 */
final class StripedCounts {

	private static final int STRIPES = 16;

	private static final int WIDTH = 16;

	private final AtomicLongArray cells = new AtomicLongArray((STRIPES + 1) * WIDTH);

	private int size;

	/**
	 * Makes a further counter.
	 */
	Count count() {
		if (this.size == WIDTH) {
			throw new IllegalStateException("A stripe has only " + WIDTH + " counters");
		}
		return new Count(this.cells, this.size++);
	}

	/**
	 * One counter.
	 */
	static final class Count {

		private final AtomicLongArray cells;

		private final int index;

		private Count(AtomicLongArray cells, int index) {
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
