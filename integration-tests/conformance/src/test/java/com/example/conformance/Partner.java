package com.example.conformance;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Another thread, which holds something up until the first one waits for it, long enough
 * to be logged.
 *
 * @param <T> type of what both share
 */
final class Partner<T> implements AutoCloseable {

	private static final Duration LOGGED_FROM = Duration.ofMillis(1);

	private final T shared;

	private final Thread thread;

	private volatile @Nullable Thread waiting;

	private Partner(T shared, Runnable before, Runnable relief) {
		this.shared = shared;
		this.thread = new Thread(() -> {
			before.run();
			this.ready = true;
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(1))
				.during(LOGGED_FROM.multipliedBy(3))
				.atMost(Duration.ofSeconds(20))
				.until(this::isAwaited);
			relief.run();
		}, "partner");
	}

	private volatile boolean ready;

	/**
	 * Starts somebody who acts once the other one waits.
	 */
	static <T> Partner<T> of(T shared, Runnable relief) {
		return of(shared, () -> {
		}, relief);
	}

	/**
	 * Starts somebody who takes something at once and gives it back once the other one
	 * waits.
	 */
	static <T> Partner<T> of(T shared, Runnable before, Runnable relief) {
		Partner<T> partner = new Partner<>(shared, before, relief);
		partner.thread.setDaemon(true);
		partner.thread.start();
		Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> partner.ready);
		return partner;
	}

	/**
	 * Returns what both share, and tells the partner who is going to wait for it.
	 */
	T meet() {
		this.waiting = Thread.currentThread();
		return this.shared;
	}

	private boolean isAwaited() {
		Thread candidate = this.waiting;
		return candidate != null && switch (candidate.getState()) {
			case WAITING, TIMED_WAITING, BLOCKED -> true;
			default -> false;
		};
	}

	@Override
	public void close() throws InterruptedException {
		this.thread.join();
	}

}
