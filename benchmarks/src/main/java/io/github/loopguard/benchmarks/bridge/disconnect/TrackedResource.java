package io.github.loopguard.benchmarks.bridge.disconnect;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A resource with a row number; counts how many are open and how many were closed twice.
 */
final class TrackedResource implements AutoCloseable {

	static final AtomicLong OPEN = new AtomicLong();

	static final AtomicLong CLOSED_TWICE = new AtomicLong();

	private final AtomicBoolean closed = new AtomicBoolean();

	private int row;

	TrackedResource() {
		OPEN.incrementAndGet();
	}

	boolean advance(int rows) {
		return ++this.row <= rows;
	}

	String read() {
		return "row " + this.row + "\n";
	}

	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			OPEN.decrementAndGet();
		}
		else {
			CLOSED_TWICE.incrementAndGet();
		}
	}

}
