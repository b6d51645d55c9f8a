package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LaneCache}.
 */
class LaneCacheTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final AtomicInteger runs = new AtomicInteger();

	private final AtomicLong clock = new AtomicLong();

	@AfterEach
	void close() {
		MDC.clear();
		this.bridge.close();
	}

	@Test
	void simultaneousCallersShareOneRun() {
		CountDownLatch release = new CountDownLatch(1);
		LaneCache<String, Integer> cache = new LaneCache<>(this.bridge, (key) -> {
			release.await();
			return this.runs.incrementAndGet();
		}, Duration.ZERO, Duration.ZERO);
		Mono<List<Integer>> all = Flux.range(0, 100)
			.flatMap((i) -> cache.get("a").subscribeOn(Schedulers.parallel()), 100)
			.collectList();
		StepVerifier
			.create(all
				.doOnSubscribe((any) -> Schedulers.parallel().schedule(release::countDown, 200, TimeUnit.MILLISECONDS)))
			.assertNext((results) -> assertThat(results).hasSize(100).containsOnly(1))
			.expectComplete()
			.verify(SOON);
		StepVerifier.create(cache.get("a")).expectNext(2).expectComplete().verify(SOON);
	}

	@Test
	void failuresAreKeptForTheirTime() {
		LaneCache<String, Integer> cache = new LaneCache<>(this.bridge, (key) -> {
			throw new IllegalStateException("failure " + this.runs.incrementAndGet());
		}, Duration.ZERO, Duration.ofMinutes(1), this.clock::get);
		StepVerifier.create(cache.get("a")).expectErrorMessage("failure 1").verify(SOON);
		this.clock.set(TimeUnit.SECONDS.toNanos(59));
		StepVerifier.create(cache.get("a")).expectErrorMessage("failure 1").verify(SOON);
		this.clock.set(TimeUnit.SECONDS.toNanos(61));
		StepVerifier.create(cache.get("a")).expectErrorMessage("failure 2").verify(SOON);
	}

	@Test
	void aRejectionByTheLaneIsNotKept() {
		Lane lane = this.bridge.define(LaneSpec.named("full").withThreads(1).withQueueCapacity(0));
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch running = new CountDownLatch(1);
		LaneCache<String, Integer> cache = new LaneCache<>(lane, (key) -> 1, Duration.ofDays(1), Duration.ofDays(1));
		Mono<Void> occupied = lane.run(() -> {
			running.countDown();
			release.await();
		}).cache();
		occupied.subscribe();
		LaneStreamTests.await(running);
		StepVerifier.create(cache.get("a")).expectError(LaneFullException.class).verify(SOON);
		release.countDown();
		StepVerifier.create(occupied).expectComplete().verify(SOON);
		StepVerifier.create(cache.get("a")).expectNext(1).expectComplete().verify(SOON);
	}

	@Test
	void eachReceivesTheOutcomeInItsOwnContext() {
		CountDownLatch release = new CountDownLatch(1);
		LaneCache<String, String> cache = new LaneCache<>(this.bridge, (key) -> {
			release.await();
			return "work:" + MDC.get("user");
		}, Duration.ZERO, Duration.ZERO);
		MDC.put("user", "anna");
		Mono<String> first = cache.get("a").map((result) -> result + " " + MDC.get("user")).cache();
		first.subscribe();
		MDC.put("user", "bert");
		Mono<String> second = cache.get("a").map((result) -> result + " " + MDC.get("user")).cache();
		second.subscribe();
		release.countDown();
		StepVerifier.create(first).expectNext("work:null anna").expectComplete().verify(SOON);
		StepVerifier.create(second).expectNext("work:null bert").expectComplete().verify(SOON);
	}

	@Test
	void theCacheIsBounded() {
		LaneCache<Integer, Integer> cache = new LaneCache<>(this.bridge, (key) -> this.runs.incrementAndGet(),
				Duration.ofDays(1), Duration.ZERO);
		StepVerifier.create(Flux.range(0, 5000).concatMap(cache::get).count())
			.expectNext(5000L)
			.expectComplete()
			.verify(SOON);
		assertThat(cache.size()).isLessThanOrEqualTo(1000);
	}

	@Test
	void anEntryBeyondTheLimitLeavesMostOthersInPlace() {
		LaneCache<Integer, Integer> cache = new LaneCache<>(this.bridge, (key) -> {
			this.runs.incrementAndGet();
			return key;
		}, Duration.ofHours(1), Duration.ZERO, this.clock::get);
		for (int key = 0; key <= 1_000; key++) {
			cache.get(key).block(SOON);
		}
		assertThat(cache.size()).isEqualTo(1_000);
		for (int key = 0; key <= 1_000; key++) {
			cache.get(key).block(SOON);
		}
		assertThat(this.runs).hasValueLessThan(1_500);
	}

	@Test
	void workThatAsksForItsOwnKeyFails() {
		AtomicReference<LaneCache<String, Integer>> self = new AtomicReference<>();
		LaneCache<String, Integer> cache = new LaneCache<>(this.bridge, (key) -> self.get().get(key).block(SOON),
				Duration.ZERO, Duration.ZERO);
		self.set(cache);
		StepVerifier.create(cache.get("a"))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("asks the cache for the key that it works on"))
			.verify(SOON);
	}

	@Test
	void codeInsideTheLaneDoesNotWaitForAKeyThatWaitsForItsThread() throws Exception {
		Lane single = this.bridge.define(LaneSpec.named("single").withThreads(1).withQueueTimeout(null));
		LaneCache<String, Integer> cache = new LaneCache<>(single, (key) -> this.runs.incrementAndGet(),
				Duration.ofHours(1), Duration.ZERO);
		CountDownLatch busy = new CountDownLatch(1);
		CountDownLatch queued = new CountDownLatch(1);
		Mono<Integer> inside = single.call(() -> {
			busy.countDown();
			queued.await();
			return cache.get("a").block(SOON);
		}).cache();
		inside.subscribe();
		busy.await();
		Mono<Integer> outside = cache.get("a").cache();
		outside.subscribe();
		queued.countDown();
		StepVerifier.create(inside).expectNext(1).expectComplete().verify(SOON);
		StepVerifier.create(outside).expectNext(1).expectComplete().verify(SOON);
		Awaitility.await().untilAsserted(() -> assertThat(single.status().queued()).isZero());
		assertThat(single.status().active()).isZero();
	}

	@Test
	void whoAsksAgainOnAnOutcomeThatIsNotKeptGetsTheNext() {
		LaneCache<String, Integer> cache = new LaneCache<>(this.bridge, (key) -> this.runs.incrementAndGet(),
				Duration.ZERO, Duration.ZERO);
		StepVerifier.create(cache.get("a").repeat(2)).expectNext(1, 2, 3).expectComplete().verify(SOON);
	}

	@Test
	void workOfOthersIsNotInterruptedWithTheCodeThatWaitsForIt() throws Exception {
		Lane single = this.bridge
			.define(LaneSpec.named("single").withThreads(1).withQueueTimeout(null).withOnCancel(OnCancel.INTERRUPT));
		CountDownLatch shared = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		LaneCache<String, Integer> cache = new LaneCache<>(single, (key) -> {
			shared.countDown();
			release.await();
			return this.runs.incrementAndGet();
		}, Duration.ZERO, Duration.ZERO);
		CountDownLatch busy = new CountDownLatch(1);
		CountDownLatch queued = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		Disposable inside = single.run(() -> {
			busy.countDown();
			queued.await();
			try {
				cache.get("a").block(SOON);
				new CountDownLatch(1).await();
			}
			catch (InterruptedException | RuntimeException ex) {
				interrupted.countDown();
			}
		}).subscribe();
		busy.await();
		Mono<Integer> outside = cache.get("a").cache();
		outside.subscribe();
		queued.countDown();
		shared.await();
		inside.dispose();
		release.countDown();
		StepVerifier.create(outside).expectNext(1).expectComplete().verify(SOON);
		interrupted.await();
		Awaitility.await().untilAsserted(() -> assertThat(single.status().active()).isZero());
	}

}
