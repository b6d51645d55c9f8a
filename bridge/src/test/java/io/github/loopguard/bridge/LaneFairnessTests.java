package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the order in which a lane serves calls that follow results, and others.
 */
class LaneFairnessTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final Lane lane = this.bridge.define(LaneSpec.named("fair").withThreads(2));

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void aCallBesideTwoBatchesWaitsForOneCallOfThemOnly() {
		AtomicInteger done = new AtomicInteger();
		CountDownLatch running = new CountDownLatch(4);
		List<Disposable> batches = Flux.range(0, 2)
			.map((batch) -> Flux.range(0, 200).concatMap((i) -> this.lane.call(() -> {
				running.countDown();
				LockSupport.parkNanos(2_000_000);
				return done.incrementAndGet();
			})).subscribe())
			.collectList()
			.block(SOON);
		Awaitility.await().until(() -> running.getCount() == 0);
		int before = done.get();
		int after = this.lane.call(done::get).block(SOON);
		batches.forEach(Disposable::dispose);
		// Those that run, those that wait before it, and what ends meanwhile.
		assertThat(after - before).isLessThan(100);
	}

	@Test
	void aCallThatRepeatsForEverLeavesTheOnlyThreadToOthers() {
		Lane single = this.bridge.define(LaneSpec.named("single").withThreads(1));
		AtomicInteger rounds = new AtomicInteger();
		Disposable repeating = single.call(rounds::incrementAndGet).repeat().subscribe();
		Awaitility.await().until(() -> rounds.get() > 100);
		assertThat(single.call(() -> "served").block(SOON)).isEqualTo("served");
		repeating.dispose();
	}

	@Test
	void aCallThatFollowsItselfAThousandTimesOverflowsNoStack() {
		Lane single = this.bridge.define(LaneSpec.named("single").withThreads(1));
		StepVerifier.create(countDown(single, 1_000)).expectNext(0).expectComplete().verify(SOON);
	}

	private static Mono<Integer> countDown(Lane lane, int from) {
		return lane.call(() -> from - 1).flatMap((next) -> (next == 0) ? Mono.just(0) : countDown(lane, next));
	}

	@Test
	void aChainOfCallsIsNeverRejectedByALaneWithoutAQueue() {
		Lane single = this.bridge.define(LaneSpec.named("single").withThreads(1).withQueueCapacity(0));
		StepVerifier.create(Flux.range(0, 1_000).concatMap((i) -> single.call(() -> i)).count())
			.expectNext(1_000L)
			.expectComplete()
			.verify(SOON);
	}

}
