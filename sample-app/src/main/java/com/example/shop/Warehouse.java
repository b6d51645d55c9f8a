package com.example.shop;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import org.springframework.stereotype.Component;

/**
 * The warehouse, which one thread at a time may enter, and where somebody is often busy.
 */
@Component
public class Warehouse {

	private static final long BUSY = TimeUnit.MILLISECONDS.toNanos(25);

	private final ReentrantLock lock = new ReentrantLock();

	private final Object door = new Object();

	private volatile boolean doorTaken;

	/**
	 * Returns the lock that guards the warehouse, after somebody else has just taken it.
	 */
	public ReentrantLock takenLock() {
		start(() -> {
			this.lock.lock();
			try {
				LockSupport.parkNanos(BUSY);
			}
			finally {
				this.lock.unlock();
			}
		});
		while (!this.lock.isLocked()) {
			Thread.onSpinWait();
		}
		return this.lock;
	}

	/**
	 * Returns the monitor that guards the warehouse, after somebody else has just entered
	 * it.
	 */
	public Object takenDoor() {
		this.doorTaken = false;
		start(() -> {
			synchronized (this.door) {
				this.doorTaken = true;
				LockSupport.parkNanos(BUSY);
			}
		});
		while (!this.doorTaken) {
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
