package com.example.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a program knows of one of its calls: how it is to block, how often it did, and for
 * how long.
 */
public final class Probe {

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private final int millis;

	private final boolean mayNotWait;

	private final LongAdder count = new LongAdder();

	private final LongAdder nanos = new LongAdder();

	private volatile boolean strayed;

	/**
	 * Creates a probe.
	 * @param millis how long a call is to wait
	 * @param mayNotWait whether a call that comes late does not wait at all
	 */
	Probe(int millis, boolean mayNotWait) {
		this.millis = millis;
		this.mayNotWait = mayNotWait;
	}

	public int millis() {
		return this.millis;
	}

	public long nanos() {
		return TimeUnit.MILLISECONDS.toNanos(this.millis);
	}

	public Path file() {
		return Fixture.instance().file();
	}

	public Path directory() {
		return Fixture.instance().directory();
	}

	public Path missing() {
		return Fixture.instance().directory().resolve("missing");
	}

	public Fixture fixture() {
		return Fixture.instance();
	}

	/**
	 * Measures a part from outside.
	 * @param loop whether it is expected to run on an event loop
	 */
	void measure(Call call, boolean loop) throws Exception {
		if (Loops.isCurrent() != loop) {
			this.strayed = true;
		}
		long waits = this.mayNotWait ? waits() : -1;
		long start = System.nanoTime();
		try {
			call.make();
		}
		finally {
			long taken = System.nanoTime() - start;
			if (!this.mayNotWait || waits() > waits) {
				this.count.increment();
				this.nanos.add(taken);
			}
		}
	}

	private static long waits() {
		return THREADS.getThreadInfo(Thread.currentThread().getId()).getWaitedCount();
	}

	long count() {
		return this.count.sum();
	}

	long held() {
		return this.nanos.sum();
	}

	boolean hasStrayed() {
		return this.strayed;
	}

}
