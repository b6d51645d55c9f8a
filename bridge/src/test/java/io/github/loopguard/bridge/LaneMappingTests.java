package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Lane#mapping}.
 */
class LaneMappingTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final Lane lane = this.bridge
		.define(LaneSpec.named("small").withThreads(2).withQueueCapacity(0).withMaxOpen(2));

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void aBatchWaitsForASmallLaneAndKeepsItsOrder() {
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		AtomicInteger requested = new AtomicInteger();
		StepVerifier.create(Flux.range(0, 1_000)
			.doOnRequest((n) -> requested.addAndGet((int) n))
			.transform(this.lane.mapping((i) -> {
				most.accumulateAndGet(running.incrementAndGet(), Math::max);
				LockSupport.parkNanos(i % 7 * 10_000);
				running.decrementAndGet();
				return i;
			}))
			.index()
			.filter((element) -> element.getT1() != element.getT2().longValue())
			.count()).expectNext(0L).expectComplete().verify(SOON);
		assertThat(most.get()).isBetween(1, 2);
		assertThat(requested.get()).isBetween(1_000, 1_002);
		assertThat(this.lane.status().rejected()).isZero();
		Awaitility.await().untilAsserted(() -> assertThat(this.lane.status().open()).isZero());
	}

	@Test
	void itsCallsWaitBehindOthersInsteadOfBeingRejected() {
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch running = new CountDownLatch(2);
		for (int i = 0; i < 2; i++) {
			this.lane.run(() -> {
				running.countDown();
				release.await();
			}).subscribe();
		}
		LaneStreamTests.await(running);
		StepVerifier.create(Flux.range(0, 10).transform(this.lane.mapping((i) -> i)))
			.then(() -> assertThat(this.lane.status().queued()).isEqualTo(2))
			.then(release::countDown)
			.expectNextCount(10)
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void moreThanMayBeOpenAreRejected() {
		StepVerifier.create(Flux.<Integer>never().transform(this.lane.mapping((i) -> i)))
			.then(() -> StepVerifier.create(Flux.<Integer>never().transform(this.lane.mapping((i) -> i)))
				.then(() -> StepVerifier.create(Flux.just(1).transform(this.lane.mapping((i) -> i)))
					.expectError(LaneFullException.class)
					.verify(SOON))
				.thenCancel()
				.verify(SOON))
			.thenCancel()
			.verify(SOON);
		assertThat(this.lane.status().open()).isZero();
	}

	/**
	 * At once: it may come before results of other threads.
	 */
	@Test
	void anErrorEndsIt() {
		StepVerifier.create(Flux.range(0, 10).transform(this.lane.mapping((i) -> 6 / (3 - i))))
			.thenConsumeWhile(List.of(2, 3, 6)::contains)
			.expectError(ArithmeticException.class)
			.verify(SOON);
		Awaitility.await().untilAsserted(() -> assertThat(this.lane.status().active()).isZero());
		assertThat(this.lane.status().open()).isZero();
	}

	@Test
	void aThousandComputationsWaitForTheCores() {
		StepVerifier.create(Flux.range(0, 1_000).flatMap((i) -> this.bridge.cpu(() -> i * i), 1_000).count())
			.expectNext(1_000L)
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void theDefaultLaneMapsToo() {
		StepVerifier.create(Flux.fromIterable(List.of("a", "bb")).transform(this.bridge.mapping(String::length)))
			.expectNext(1, 2)
			.expectComplete()
			.verify(SOON);
	}

}
