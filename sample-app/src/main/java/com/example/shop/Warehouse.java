package com.example.shop;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import org.springframework.stereotype.Component;

/**
 * The warehouse, which one thread at a time may enter, and where somebody is often busy.
 */
@Component
public class Warehouse {

	private static final long BUSY = TimeUnit.MILLISECONDS.toNanos(25);

	/** Long enough for the loop monitor to see who waits. */
	private static final long VERY_BUSY = TimeUnit.MILLISECONDS.toNanos(250);

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

	private final ReentrantLock lock = new ReentrantLock();

	private final Object door = new Object();

	/**
	 * Returns the lock that guards the warehouse, after somebody else has just taken it,
	 * who keeps it until there is a queue.
	 */
	public ReentrantLock takenLock() {
		AtomicBoolean taken = new AtomicBoolean();
		start(() -> {
			this.lock.lock();
			try {
				taken.set(true);
				long last = System.nanoTime() + PATIENCE;
				while (!this.lock.hasQueuedThreads() && System.nanoTime() < last) {
					LockSupport.parkNanos(1000);
				}
				LockSupport.parkNanos(BUSY);
			}
			finally {
				this.lock.unlock();
			}
		});
		while (!taken.get()) {
			Thread.onSpinWait();
		}
		return this.lock;
	}

	/**
	 * Returns the monitor that guards the warehouse, after somebody else has just entered
	 * it.
	 */
	public Object takenDoor() {
		AtomicBoolean taken = new AtomicBoolean();
		start(() -> {
			synchronized (this.door) {
				taken.set(true);
				LockSupport.parkNanos(VERY_BUSY);
			}
		});
		while (!taken.get()) {
			Thread.onSpinWait();
		}
		return this.door;
	}

	/**
	 * Starts somebody on a stocktaking that takes a moment.
	 */
	public Thread startStocktaking() {
		return start(() -> LockSupport.parkNanos(BUSY));
	}

	private static Thread start(Runnable work) {
		Thread thread = new Thread(work, "warehouse");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

}
