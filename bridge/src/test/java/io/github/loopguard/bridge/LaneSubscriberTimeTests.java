package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a lane's limits apply to its code and not to its subscribers.
 */
class LaneSubscriberTimeTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@ParameterizedTest
	@EnumSource
	void theRunTimeoutDoesNotCountTheSubscribersTime(Kind kind) {
		Lane lane = lane(Duration.ofMillis(200));
		CountDownLatch elapsed = new CountDownLatch(1);
		AtomicBoolean interrupted = new AtomicBoolean();
		StepVerifier.create(kind.from(lane).doOnNext((element) -> {
			try {
				// Longer than the timeout, on the lane's thread.
				elapsed.await(700, TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				interrupted.set(true);
			}
		})).expectNext(1).expectNext(2).expectComplete().verify(SOON);
		assertThat(interrupted).isFalse();
		assertThat(lane.status().timedOut()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void aCancelFromAnotherThreadDoesNotInterruptTheSubscriber(Kind kind) throws Exception {
		Lane lane = lane(null);
		CountDownLatch receiving = new CountDownLatch(1);
		CountDownLatch cancelled = new CountDownLatch(1);
		AtomicBoolean interrupted = new AtomicBoolean();
		CountDownLatch received = new CountDownLatch(1);
		Disposable subscription = kind.from(lane).subscribe((element) -> {
			receiving.countDown();
			try {
				cancelled.await();
			}
			catch (InterruptedException ex) {
				interrupted.set(true);
			}
			received.countDown();
		});
		receiving.await();
		subscription.dispose();
		cancelled.countDown();
		received.await();
		assertThat(interrupted).isFalse();
		Awaitility.await().untilAsserted(() -> assertThat(lane.status().active()).isZero());
		assertThat(lane.status().lingering()).isZero();
		assertThat(lane.status().open()).isZero();
	}

	private Lane lane(Duration runTimeout) {
		return this.bridge.define(LaneSpec.named("interrupting")
			.withThreads(1)
			.withRunTimeout(runTimeout)
			.withOnCancel(OnCancel.INTERRUPT));
	}

	enum Kind {

		STREAM {

			@Override
			Flux<Integer> from(Lane lane) {
				return lane.stream(() -> Stream.of(1, 2));
			}

		},

		DEFER {

			@Override
			Flux<Integer> from(Lane lane) {
				return lane.defer(() -> Flux.just(1, 2));
			}

		};

		abstract Flux<Integer> from(Lane lane);

	}

}
