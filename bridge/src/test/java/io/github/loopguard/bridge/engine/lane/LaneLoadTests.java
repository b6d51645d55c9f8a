package io.github.loopguard.bridge.engine.lane;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneClosedException;
import io.github.loopguard.bridge.LaneFullException;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.LaneStatus;
import io.github.loopguard.bridge.LaneUnavailableException;
import io.github.loopguard.bridge.OnCancel;
import io.github.loopguard.bridge.engine.PoolEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for lanes under load, at shutdown and with dying threads.
 */
class LaneLoadTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final int MANY = 10_000;

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void ofManyConcurrentSubscriptionsEachIsAcceptedOrRejectedAndNothingRunsTwice() {
		Lane lane = this.bridge.define(LaneSpec.named("load").withThreads(8).withQueueCapacity(500));
		AtomicIntegerArray runs = new AtomicIntegerArray(MANY);
		AtomicInteger answers = new AtomicInteger();
		AtomicInteger rejected = new AtomicInteger();
		StepVerifier.create(Flux.range(0, MANY)
			.flatMap((i) -> Mono.defer(() -> lane.call(() -> runs.incrementAndGet(i)))
				.subscribeOn(Schedulers.parallel())
				.doOnNext((one) -> answers.incrementAndGet())
				.onErrorResume(LaneFullException.class, (full) -> {
					rejected.incrementAndGet();
					return Mono.empty();
				}), MANY)
			.then()).expectComplete().verify(SOON);
		LaneStatus status = lane.status();
		assertThat(status.submitted()).isEqualTo(MANY);
		assertThat(answers.get() + rejected.get()).isEqualTo(MANY);
		assertThat(status.completed()).isEqualTo(answers.get());
		assertThat(status.rejected()).isEqualTo(rejected.get());
		assertThat(status.active()).isZero();
		assertThat(status.queued()).isZero();
		int ran = 0;
		for (int i = 0; i < MANY; i++) {
			assertThat(runs.get(i)).isLessThanOrEqualTo(1);
			ran += runs.get(i);
		}
		assertThat(ran).isEqualTo(answers.get());
	}

	@Test
	void cancellingAtRandomLeavesNothingBehind() {
		Lane lane = this.bridge
			.define(LaneSpec.named("cancel").withThreads(4).withQueueCapacity(200).withOnCancel(OnCancel.INTERRUPT));
		StepVerifier
			.create(Flux.range(0, MANY)
				.flatMap((i) -> lane.call(() -> i)
					.takeUntilOther(
							(i % 3 == 0) ? Mono.empty() : Mono.delay(Duration.ofNanos(i * 100L), Schedulers.parallel()))
					.onErrorComplete(LaneFullException.class), 400)
				.then())
			.expectComplete()
			.verify(SOON);
		Awaitility.await().untilAsserted(() -> {
			LaneStatus status = lane.status();
			assertThat(status.active()).isZero();
			assertThat(status.queued()).isZero();
			assertThat(status.lingering()).isZero();
			assertThat(status.completed() + status.cancelled() + status.rejected()).as("%s", status)
				.isEqualTo(status.submitted() + status.inPlace());
		});
		StepVerifier.create(Flux.range(0, 204).flatMap((i) -> lane.call(() -> i), 204))
			.expectNextCount(204)
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void closingUnderLoadSignalsEverySubscriberAndFinishesWorkInFlight() {
		Lane lane = this.bridge.define(LaneSpec.named("closing").withThreads(2).withQueueCapacity(100));
		CountDownLatch running = new CountDownLatch(2);
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger finished = new AtomicInteger();
		AtomicInteger refused = new AtomicInteger();
		for (int i = 0; i < 10; i++) {
			lane.run(() -> {
				running.countDown();
				release.await();
			}).subscribe(null, (error) -> refused.incrementAndGet(), finished::incrementAndGet);
		}
		Awaitility.await().until(() -> running.getCount() == 0);
		AtomicBoolean closed = new AtomicBoolean();
		this.bridge.closeGracefully(SOON).subscribe(null, null, () -> closed.set(true));
		Awaitility.await()
			.untilAsserted(
					() -> StepVerifier.create(lane.call(() -> 1)).expectError(LaneClosedException.class).verify(SOON));
		assertThat(closed).isFalse();
		release.countDown();
		Awaitility.await().untilTrue(closed);
		assertThat(finished).hasValue(10);
		assertThat(refused).hasValue(0);
	}

	@Test
	void unfinishedCallsAreInterruptedAndFail() {
		Lane lane = this.bridge.define(LaneSpec.named("closing").withThreads(1).withOnCancel(OnCancel.ABANDON));
		CountDownLatch running = new CountDownLatch(1);
		AtomicBoolean interrupted = new AtomicBoolean();
		Mono<Void> call = lane.run(() -> {
			running.countDown();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.set(true);
			}
		}).cache();
		call.subscribe(null, (error) -> {
		});
		Mono<Integer> waiting = lane.call(() -> 1).cache();
		waiting.subscribe(null, (error) -> {
		});
		Awaitility.await().until(() -> running.getCount() == 0);
		StepVerifier.create(this.bridge.closeGracefully(Duration.ofMillis(50))).expectComplete().verify(SOON);
		StepVerifier.create(call).expectError(LaneClosedException.class).verify(SOON);
		StepVerifier.create(waiting).expectError(LaneClosedException.class).verify(SOON);
		Awaitility.await().untilTrue(interrupted);
		Awaitility.await().untilAsserted(() -> assertThat(lane.status().active()).isZero());
	}

	@Test
	void deathOfTheThreadInsideTheWorkReachesTheSubscriber() {
		Lane lane = this.bridge.define(LaneSpec.named("dying").withThreads(1).withQueueCapacity(0));
		for (int i = 0; i < 3; i++) {
			StepVerifier.create(lane.call(() -> {
				throw new ThreadDeath();
			})).expectError(ThreadDeath.class).verify(SOON);
			Awaitility.await().untilAsserted(() -> assertThat(lane.status().active()).isZero());
		}
		StepVerifier.create(lane.call(() -> "alive")).expectNext("alive").expectComplete().verify(SOON);
	}

	@Test
	void aSubscriberThatThrowsDoesNotHarmTheLane() {
		Lane lane = this.bridge.define(LaneSpec.named("rude").withThreads(1));
		lane.call(() -> 1).subscribe((one) -> {
			throw new StackOverflowError("in the subscriber");
		});
		StepVerifier.create(lane.call(() -> 2)).expectNext(2).expectComplete().verify(SOON);
		Awaitility.await().untilAsserted(() -> assertThat(lane.status().active()).isZero());
	}

	@Test
	void whenNoThreadCanBeStartedTheCallFailsTyped() {
		AtomicBoolean exhausted = new AtomicBoolean(true);
		PoolEngine engine = new PoolEngine(LaneSpec.named("poor").withThreads(1), (work) -> {
			if (exhausted.get()) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			return new Thread(work);
		});
		EngineLane lane = new EngineLane(engine);
		StepVerifier.create(lane.call(() -> 1)).expectError(LaneUnavailableException.class).verify(SOON);
		assertThat(lane.status().rejected()).isEqualTo(1);
		assertThat(lane.status().queued()).isZero();
		exhausted.set(false);
		StepVerifier.create(lane.call(() -> 2)).expectNext(2).expectComplete().verify(SOON);
		engine.closeNow();
	}

	@Test
	void idleThreadsEnd() {
		PoolEngine engine = new PoolEngine(LaneSpec.named("idle").withThreads(2).withKeepAlive(Duration.ofMillis(20)));
		EngineLane lane = new EngineLane(engine);
		StepVerifier.create(lane.call(() -> 1)).expectNext(1).expectComplete().verify(SOON);
		Awaitility.await().untilAsserted(() -> assertThat(engine.threads()).isZero());
		StepVerifier.create(lane.call(() -> 2)).expectNext(2).expectComplete().verify(SOON);
		engine.closeNow();
	}

}
