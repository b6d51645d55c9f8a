package com.example.stall;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.sun.jna.Library;
import com.sun.jna.Native;

/**
 * What holds an event loop.
 */
final class Work {

	static final Object MONITOR = new Object();

	static volatile double result;

	private Work() {
	}

	static void hot(long millis) {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		while (System.nanoTime() < end) {
			result = Math.sqrt(result + 1);
		}
	}

	static void cool(long millis) {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		while (System.nanoTime() < end) {
			result = Math.cbrt(result + 1);
		}
	}

	static void match(int numbers) {
		String list = IntStream.range(1, numbers).mapToObj(Integer::toString).collect(Collectors.joining(","));
		Pattern.compile("^(.*?,){11}P").matcher(list).find();
	}

	static void park(long millis) {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		for (long rest = end - System.nanoTime(); rest > 0; rest = end - System.nanoTime()) {
			LockSupport.parkNanos(rest);
		}
	}

	static void select(long millis) throws IOException {
		try (Selector selector = Selector.open()) {
			selector.select(millis);
		}
	}

	static void sleepInNativeCode(int millis) {
		C.INSTANCE.usleep(millis * 1_000);
	}

	static void enter() {
		synchronized (MONITOR) {
			result++;
		}
	}

	static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Holds the monitor on a thread of its own.
	 * @return a latch that releases it
	 */
	static CountDownLatch hold(String holder) throws InterruptedException {
		CountDownLatch held = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		Thread thread = new Thread(() -> {
			synchronized (MONITOR) {
				held.countDown();
				try {
					release.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
		}, holder);
		thread.setDaemon(true);
		thread.start();
		held.await();
		return release;
	}

	/**
	 * The C library.
	 */
	interface C extends Library {

		C INSTANCE = Native.load("c", C.class);

		int usleep(int micros);

	}

}
