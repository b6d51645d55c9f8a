package com.example.held;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One turn of an event loop: a call that blocks, then a computation.
 *
 * @param blocked how long the call took, seen from outside
 */
record Turn(Duration blocked) {

	static final Duration SLEEP = Duration.ofMillis(40);

	static final Duration COMPUTATION = Duration.ofMillis(30);

	static Turn sleeping() throws InterruptedException {
		long start = System.nanoTime();
		Thread.sleep(SLEEP.toMillis());
		return computing(System.nanoTime() - start);
	}

	static Turn constructing() throws InterruptedException {
		long start = System.nanoTime();
		if (!"EMAN".equals(new Slow("name").name())) {
			throw new IllegalStateException("The constructor does not work any more");
		}
		return computing(System.nanoTime() - start);
	}

	static Turn interrupted() {
		Thread loop = Thread.currentThread();
		Thread other = new Thread(() -> {
			compute(SLEEP.multipliedBy(3));
			loop.interrupt();
		});
		long start = System.nanoTime();
		other.start();
		try {
			Thread.sleep(60_000);
			throw new IllegalStateException("Nobody interrupted the sleep");
		}
		catch (InterruptedException ex) {
			return computing(System.nanoTime() - start);
		}
	}

	static Turn missingFile() throws IOException {
		long start = System.nanoTime();
		try {
			return new Turn(Duration.ofMillis(Files.readString(Path.of("missing")).length()));
		}
		catch (NoSuchFileException ex) {
			return computing(System.nanoTime() - start);
		}
	}

	private static Turn computing(long blocked) {
		compute(COMPUTATION);
		return new Turn(Duration.ofNanos(blocked));
	}

	private static void compute(Duration duration) {
		long start = System.nanoTime();
		while (System.nanoTime() - start < duration.toNanos()) {
			Thread.onSpinWait();
		}
	}

}
