package com.example.stall;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Blocks, and is loaded by a loader of its own.
 */
public final class Isolated implements Runnable {

	@Override
	public void run() {
		hold();
	}

	private void hold() {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
		for (long rest = end - System.nanoTime(); rest > 0; rest = end - System.nanoTime()) {
			LockSupport.parkNanos(rest);
		}
	}

}
