package com.example.stall;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.channels.Selector;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;

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
	 * Waits until another thread has initialized a class.
	 */
	static void initialize() {
		result += Slow.value;
	}

	/**
	 * Lets another thread initialize the class, which takes a while.
	 */
	static void beginToInitialize() throws InterruptedException {
		Thread thread = new Thread(() -> result += Slow.value, "initializing");
		thread.setDaemon(true);
		thread.start();
		Begun.LATCH.await();
	}

	/**
	 * Computes, without a call of native code.
	 */
	static void compute(long steps) {
		double value = result;
		for (long i = 0; i < steps; i++) {
			value = Math.sqrt(value + i);
		}
		result = value;
	}

	/**
	 * Returns how many steps of {@link #compute} take that much CPU time.
	 */
	static long stepsOf(long millis) {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long steps = 1_000_000;
		long least = Long.MAX_VALUE;
		for (int i = 0; i < 50; i++) {
			long before = threads.getCurrentThreadCpuTime();
			compute(steps);
			least = Math.min(least, threads.getCurrentThreadCpuTime() - before);
		}
		return steps * TimeUnit.MILLISECONDS.toNanos(millis) / least;
	}

	/**
	 * Computes in native code.
	 */
	static void deflate(int bytes) {
		byte[] random = new byte[bytes];
		new Random(1).nextBytes(random);
		Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
		try {
			deflater.setInput(random);
			deflater.finish();
			result += deflater.deflate(new byte[2 * bytes]);
		}
		finally {
			deflater.end();
		}
	}

	/**
	 * Returns how many bytes {@link #deflate} compresses in that much CPU time.
	 */
	static int bytesOf(long millis) {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		int bytes = 500_000;
		long least = Long.MAX_VALUE;
		for (int i = 0; i < 20; i++) {
			long before = threads.getCurrentThreadCpuTime();
			deflate(bytes);
			least = Math.min(least, threads.getCurrentThreadCpuTime() - before);
		}
		return (int) (bytes * TimeUnit.MILLISECONDS.toNanos(millis) / least);
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
	 * Says when it begins to be initialized.
	 */
	static final class Begun {

		static final CountDownLatch LATCH = new CountDownLatch(1);

		private Begun() {
		}

	}

	/**
	 * A class whose initialization takes a while.
	 */
	static final class Slow {

		static double value = wait(2_500);

		private Slow() {
		}

		private static double wait(int millis) {
			Begun.LATCH.countDown();
			park(millis);
			return millis;
		}

	}

	/**
	 * The C library.
	 */
	interface C extends Library {

		C INSTANCE = Native.load("c", C.class);

		int usleep(int micros);

	}

}
