package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.TimeUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import reactor.core.publisher.BaseSubscriber;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Lane#ordered}.
 */
class LaneOrderTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final Lane lane = this.bridge.define(LaneSpec.named("accounts").withThreads(4).withQueueCapacity(10_000));

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void callsOfOneKeyRunInOrderAndNeverTogether() {
		Map<Integer, List<Integer>> seen = new ConcurrentHashMap<>();
		Map<Integer, AtomicInteger> inside = new ConcurrentHashMap<>();
		AtomicInteger together = new AtomicInteger();
		StepVerifier.create(Flux.range(0, 5000).flatMap((i) -> {
			int key = i % 7;
			return this.lane.ordered(key).run(() -> {
				AtomicInteger gate = inside.computeIfAbsent(key, (any) -> new AtomicInteger());
				if (gate.incrementAndGet() > 1) {
					together.incrementAndGet();
				}
				seen.computeIfAbsent(key, (any) -> new CopyOnWriteArrayList<>()).add(i);
				gate.decrementAndGet();
			});
		}, 5000)).expectComplete().verify(SOON);
		assertThat(together).hasValue(0);
		for (int key = 0; key < 7; key++) {
			int same = key;
			assertThat(seen.get(key))
				.containsExactlyElementsOf(IntStream.range(0, 5000).filter((i) -> i % 7 == same).boxed().toList());
		}
	}

	@Test
	void otherKeysDoNotWait() {
		CountDownLatch release = new CountDownLatch(1);
		this.lane.ordered("a").run(release::await).subscribe();
		StepVerifier.create(this.lane.ordered("b").call(() -> 1)).expectNext(1).expectComplete().verify(SOON);
		release.countDown();
	}

	@Test
	void aCancelledCallLeavesTheQueueOfItsKey() {
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch running = new CountDownLatch(1);
		List<Integer> ran = new CopyOnWriteArrayList<>();
		this.lane.ordered("a").run(() -> {
			running.countDown();
			release.await();
		}).subscribe();
		Awaitility.await().until(() -> running.getCount() == 0);
		Disposable second = this.lane.ordered("a").run(() -> ran.add(2)).subscribe();
		this.lane.ordered("a").run(() -> ran.add(3)).subscribe();
		second.dispose();
		release.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(ran).containsExactly(3));
		assertThat(this.lane.status().queued()).isZero();
	}

	@Test
	void anAbandonedCallHoldsItsKeyUntilItEnds() {
		Lane lane = this.bridge.define(LaneSpec.named("slow")
			.withThreads(2)
			.withRunTimeout(Duration.ofMillis(500))
			.withQueueTimeout(Duration.ofSeconds(1)));
		CountDownLatch release = new CountDownLatch(1);
		StepVerifier.create(lane.ordered("a").run(release::await)).expectError(LaneTimeoutException.class).verify(SOON);
		StepVerifier.create(lane.ordered("a").call(() -> 1))
			.expectErrorSatisfies((error) -> assertThat(((LaneTimeoutException) error).phase())
				.isEqualTo(LaneTimeoutException.Phase.QUEUE))
			.verify(SOON);
		release.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(lane.status().active()).isZero());
		StepVerifier.create(lane.ordered("a").call(() -> 2)).expectNext(2).expectComplete().verify(SOON);
	}

	@Test
	void aNestedCallOfTheSameOrAFreeKeyRunsInPlace() {
		Lane lane = this.bridge.define(LaneSpec.named("one").withThreads(1));
		StepVerifier
			.create(lane.ordered("a")
				.call(() -> lane.ordered("a").call(() -> 1).block(SOON) + lane.ordered("b").call(() -> 1).block(SOON)))
			.expectNext(2)
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void manyThatWaitForTheSameKeyAreAnsweredWhenTheLaneCloses() throws Exception {
		int waiters = 30_000;
		Lane deep = this.bridge.define(LaneSpec.named("deep").withThreads(1).withQueueCapacity(100_000));
		CountDownLatch never = new CountDownLatch(1);
		CountDownLatch busy = new CountDownLatch(1);
		AtomicInteger answered = new AtomicInteger();
		deep.ordered("key").call(() -> {
			busy.countDown();
			never.await();
			return 0;
		}).subscribe((value) -> {
		}, (error) -> {
		});
		busy.await();
		for (int i = 0; i < waiters; i++) {
			deep.ordered("key").call(() -> 1).doOnTerminate(answered::incrementAndGet).subscribe((value) -> {
			}, (error) -> {
			});
		}
		this.bridge.close();
		Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(answered).hasValue(waiters));
	}

	@Test
	void cursorIsClosedWhenTheLaneClosesBeforeItsTurn() throws Exception {
		Lane single = this.bridge.define(LaneSpec.named("single").withThreads(1));
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch busy = new CountDownLatch(1);
		CountDownLatch closed = new CountDownLatch(1);
		AtomicInteger read = new AtomicInteger();
		BaseSubscriber<Integer> reader = new BaseSubscriber<>() {
			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				subscription.request(1);
			}
		};
		single
			.<AutoCloseable, Integer>stream(() -> closed::countDown, (cursor) -> true,
					(cursor) -> read.incrementAndGet())
			.subscribe(reader);
		Awaitility.await().atMost(SOON).until(() -> read.get() > 0 && single.status().active() == 0);
		single.call(() -> {
			busy.countDown();
			release.await();
			return 0;
		}).subscribe((value) -> {
		}, (error) -> {
		});
		busy.await();
		reader.cancel();
		this.bridge.close();
		release.countDown();
		assertThat(closed.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void workOfOneKeyRunsOneAtATimeOffTheEventLoopToo() {
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		Flux.range(0, 40).flatMap((i) -> this.lane.ordered("key").callIfOnLoop(() -> {
			most.accumulateAndGet(running.incrementAndGet(), Math::max);
			Thread.sleep(2);
			return running.decrementAndGet();
		}).subscribeOn(Schedulers.boundedElastic()), 8).blockLast(SOON);
		assertThat(most).hasValue(1);
	}

	@Test
	void laterRequestsOfADeferredSourceKeepToTheOrder() {
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		Flux.range(0, 4).flatMap((i) -> this.lane.ordered("key").defer(() -> Flux.<Integer>generate((sink) -> {
			most.accumulateAndGet(running.incrementAndGet(), Math::max);
			LockSupport.parkNanos(1_000_000);
			running.decrementAndGet();
			sink.next(i);
		}).take(20)).publishOn(Schedulers.parallel(), 1), 4, 1).blockLast(SOON);
		assertThat(most).hasValue(1);
	}

	@Test
	void codeInsideTheLaneDoesNotWaitForAKeyThatWaitsForItsThread() throws Exception {
		Lane single = this.bridge.define(LaneSpec.named("single").withThreads(1).withQueueTimeout(null));
		CountDownLatch busy = new CountDownLatch(1);
		CountDownLatch queued = new CountDownLatch(1);
		List<String> ran = new CopyOnWriteArrayList<>();
		Mono<Boolean> inside = single.call(() -> {
			busy.countDown();
			queued.await();
			return single.ordered("key").call(() -> ran.add("inside")).block(SOON);
		}).cache();
		inside.subscribe();
		busy.await();
		Flux<Boolean> before = Flux.range(0, 3)
			.flatMap((i) -> single.ordered("key").call(() -> ran.add("" + i)))
			.cache();
		before.subscribe();
		queued.countDown();
		StepVerifier.create(inside).expectNext(true).expectComplete().verify(SOON);
		StepVerifier.create(before).expectNextCount(3).expectComplete().verify(SOON);
		assertThat(ran).containsExactly("0", "1", "2", "inside");
		Awaitility.await().untilAsserted(() -> assertThat(single.status().queued()).isZero());
		assertThat(single.status().active()).isZero();
	}

}
