package com.example.held;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.detect.OccurrenceListener.Progress;
import io.github.loopguard.detect.RequestSource;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thread that was woken before it parks does not park, even if code of others that
 * Loopguard calls there has waited for a lock, which consumes the permit.
 */
class PermitTests {

	private final ReentrantLock lock = new ReentrantLock();

	private final AtomicInteger waits = new AtomicInteger();

	@BeforeAll
	static void install() {
		Loopguard.instance().install(ApplicationPackages.ofClass(PermitTests.class.getName()));
	}

	@BeforeEach
	void forget() {
		Loopguard.instance().ledger().clear();
	}

	@AfterEach
	void stopListening() {
		Loopguard.instance().occurrenceListener(null);
	}

	@ParameterizedTest
	@EnumSource
	void wokenThreadDoesNotPark(Loop loop) throws Exception {
		Loopguard.instance().occurrenceListener(this::waitForTheLock);
		assertThat(loop.run(() -> {
			LockSupport.unpark(Thread.currentThread());
			LockSupport.park();
			return "woken";
		})).isEqualTo("woken");
		assertThat(this.waits).hasValue(1);
	}

	@ParameterizedTest
	@EnumSource
	void threadThatNobodyWokeParks(Loop loop) throws Exception {
		AtomicInteger parked = new AtomicInteger();
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		AtomicBoolean woken = new AtomicBoolean();
		CompletableFuture.runAsync(() -> {
			Thread parking = thread.join();
			Awaitility.await().until(() -> LockSupport.getBlocker(parking) == this);
			woken.set(true);
			LockSupport.unpark(parking);
		});
		loop.run(() -> {
			thread.complete(Thread.currentThread());
			while (!woken.get()) {
				parked.incrementAndGet();
				LockSupport.park(this);
			}
			return parked;
		});
		assertThat(parked.get()).isLessThan(1_000);
	}

	private @Nullable Progress waitForTheLock(OccurrenceCounter counter, RequestSource request) {
		Thread waiting = Thread.currentThread();
		CountDownLatch held = new CountDownLatch(1);
		CompletableFuture.runAsync(() -> {
			this.lock.lock();
			held.countDown();
			Awaitility.await().until(() -> waiting.getState() == Thread.State.WAITING);
			this.lock.unlock();
		});
		while (held.getCount() > 0) {
			Thread.onSpinWait();
		}
		this.lock.lock();
		this.waits.incrementAndGet();
		this.lock.unlock();
		return null;
	}

}
