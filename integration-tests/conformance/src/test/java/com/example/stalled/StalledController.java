package com.example.stalled;

import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.sun.jna.Library;
import com.sun.jna.Native;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Holds the event loop that serves the request, and says for how long.
 */
@RestController
class StalledController {

	private final Object monitor = new Object();

	private final SlowFile slowFile = new SlowFile();

	private volatile double result;

	@GetMapping("/fine")
	Mono<String> fine() {
		return Mono.just("fine");
	}

	@GetMapping("/hot")
	long hotAndCool() {
		long start = System.nanoTime();
		hot(400);
		cool(50);
		return millisSince(start);
	}

	@GetMapping("/cool")
	long cool() {
		long start = System.nanoTime();
		cool(40);
		return millisSince(start);
	}

	@GetMapping("/sleep")
	long sleep() throws InterruptedException {
		long start = System.nanoTime();
		Thread.sleep(300);
		return millisSince(start);
	}

	@GetMapping("/sleep-and-compute-little")
	long sleepAndComputeLittle() throws InterruptedException {
		long start = System.nanoTime();
		Thread.sleep(300);
		hot(50);
		return millisSince(start);
	}

	@GetMapping("/sleep-and-compute")
	long sleepAndCompute() throws InterruptedException {
		long start = System.nanoTime();
		Thread.sleep(200);
		hot(400);
		return millisSince(start);
	}

	@GetMapping("/park")
	long park() {
		long start = System.nanoTime();
		long end = start + TimeUnit.MILLISECONDS.toNanos(300);
		for (long rest = end - System.nanoTime(); rest > 0; rest = end - System.nanoTime()) {
			LockSupport.parkNanos(rest);
		}
		return millisSince(start);
	}

	@GetMapping("/read")
	long read() throws IOException {
		Path slow = this.slowFile.get(200);
		long start = System.nanoTime();
		Files.readString(slow);
		return millisSince(start);
	}

	@GetMapping("/select")
	long select() throws IOException {
		long start = System.nanoTime();
		try (Selector selector = Selector.open()) {
			selector.select(300);
		}
		return millisSince(start);
	}

	@GetMapping("/enter")
	long enter() throws InterruptedException {
		CountDownLatch held = new CountDownLatch(1);
		Thread holder = new Thread(() -> {
			synchronized (this.monitor) {
				held.countDown();
				cool(300);
			}
		}, "holder");
		holder.start();
		held.await();
		long start = System.nanoTime();
		synchronized (this.monitor) {
			this.result++;
		}
		return millisSince(start);
	}

	@GetMapping("/match")
	long match() {
		String numbers = IntStream.range(1, 27).mapToObj(Integer::toString).collect(Collectors.joining(","));
		long start = System.nanoTime();
		matches(numbers);
		return millisSince(start);
	}

	private boolean matches(String numbers) {
		return Pattern.compile("^(.*?,){11}P").matcher(numbers).find();
	}

	@GetMapping("/native")
	long sleepInNativeCode() {
		long start = System.nanoTime();
		C.INSTANCE.usleep(300_000);
		return millisSince(start);
	}

	@GetMapping("/nap")
	long nap() throws InterruptedException {
		Thread.sleep(300);
		return 300;
	}

	/**
	 * Computes for long after a call that blocks for a moment.
	 */
	@GetMapping("/long")
	long computeForLong() throws InterruptedException {
		long start = System.nanoTime();
		Thread.sleep(1);
		hot(4_000);
		return millisSince(start);
	}

	private void hot(long millis) {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		while (System.nanoTime() < end) {
			this.result = Math.sqrt(this.result + 1);
		}
	}

	private void cool(long millis) {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		while (System.nanoTime() < end) {
			this.result = Math.cbrt(this.result + 1);
		}
	}

	/**
	 * The C library.
	 */
	interface C extends Library {

		C INSTANCE = Native.load("c", C.class);

		int usleep(int micros);

	}

	private static long millisSince(long start) {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
	}

}
