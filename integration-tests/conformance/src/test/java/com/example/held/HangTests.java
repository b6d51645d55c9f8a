package com.example.held;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.DefaultEventLoop;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.loopguard.Action;
import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Violation;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A call that never returns is told while it lasts.
 */
class HangTests {

	@BeforeEach
	void install() {
		Loopguard.instance().install(ApplicationPackages.ofClass(HangTests.class.getName()));
		Loopguard.instance().ledger().clear();
	}

	@Test
	void hangAfterShorterWaitsAtItsSiteIsTold() throws Exception {
		DefaultEventLoop loop = new DefaultEventLoop();
		CountDownLatch released = new CountDownLatch(1);
		CountDownLatch hanging = new CountDownLatch(1);
		try {
			Future<?> task = loop.submit(() -> {
				for (int i = 0; i < 3; i++) {
					await(new CountDownLatch(1), Duration.ofNanos(100_000));
				}
				hanging.countDown();
				await(released, Duration.ofSeconds(60));
				return null;
			});
			hanging.await();
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(waits()).singleElement().satisfies((violation) -> {
					assertThat(violation.action()).isEqualTo(Action.LOG);
					assertThat(violation.held().max()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
					assertThat(violation.held().count()).as("those that have ended").isBetween(1L, 3L);
				}));
			assertThat(task.isDone()).isFalse();
			released.countDown();
			task.get(30, TimeUnit.SECONDS);
			assertThat(waits()).singleElement()
				.satisfies((violation) -> assertThat(violation.held().count()).isEqualTo(violation.count()));
		}
		finally {
			released.countDown();
			loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
		}
	}

	@Test
	void shortWaitsAreNotToldHoweverLongTheyGoOn() throws Exception {
		DefaultEventLoop loop = new DefaultEventLoop();
		try {
			loop.submit(() -> {
				long start = System.nanoTime();
				while (System.nanoTime() - start < Duration.ofSeconds(3).toNanos()) {
					await(new CountDownLatch(1), Duration.ofNanos(10_000));
				}
				return null;
			}).get(60, TimeUnit.SECONDS);
			assertThat(waits()).singleElement()
				.satisfies((violation) -> assertThat(violation.action()).isEqualTo(
						(violation.held().max().compareTo(Duration.ofMillis(1)) < 0) ? Action.OBSERVE : Action.LOG));
		}
		finally {
			loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
		}
	}

	private static void await(CountDownLatch latch, Duration timeout) throws InterruptedException {
		latch.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
	}

	private static List<Violation> waits() {
		return Loopguard.instance()
			.ledger()
			.violations()
			.stream()
			.filter((violation) -> violation.rule().equals("thread-park"))
			.toList();
	}

}
