package com.example.stall;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds out for how long threads of this JVM have to wait for a CPU at most, because
 * something else runs on this machine.
 */
final class Disturbance implements AutoCloseable {

	private static final long PERIOD = 2_000_000;

	private final Thread thread = new Thread(this::measure, "disturbance");

	private volatile boolean closed;

	private volatile long longest;

	Disturbance() {
		this.thread.setDaemon(true);
		this.thread.start();
	}

	void restart() {
		this.longest = 0;
	}

	Duration longest() {
		return Duration.ofNanos(this.longest);
	}

	private void measure() {
		while (!this.closed) {
			long before = System.nanoTime();
			LockSupport.parkNanos(PERIOD);
			long late = System.nanoTime() - before - PERIOD;
			if (late > this.longest) {
				this.longest = late;
			}
		}
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
