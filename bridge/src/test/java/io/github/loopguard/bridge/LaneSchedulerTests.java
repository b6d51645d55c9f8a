package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Lane#asScheduler} and {@link Lane#asExecutor}.
 */
class LaneSchedulerTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final Lane lane = this.bridge.define(LaneSpec.named("scheduled").withThreads(2).withQueueCapacity(1));

	private final CountDownLatch release = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.release.countDown();
		this.bridge.close();
		MDC.clear();
	}

	@Test
	void operatorsRunInTheLaneAndKeepTheirOrder() {
		Scheduler scheduler = this.lane.asScheduler();
		StepVerifier
			.create(Flux.range(0, 100_000)
				.publishOn(scheduler)
				.doOnNext((i) -> assertThat(Thread.currentThread().getName()).startsWith("lane-scheduled-"))
				.index()
				.filter((element) -> element.getT1() != element.getT2().longValue())
				.count())
			.expectNext(0L)
			.expectComplete()
			.verify(SOON);
		StepVerifier.create(Mono.fromCallable(() -> Thread.currentThread().getName()).subscribeOn(scheduler))
			.assertNext((thread) -> assertThat(thread).startsWith("lane-scheduled-"))
			.expectComplete()
			.verify(SOON);
		assertIdle();
	}

	@Test
	void aTaskWhoseSubscriberEndsIsCompletedAndNotCancelled() {
		Scheduler scheduler = this.lane.asScheduler();
		for (int i = 0; i < 100; i++) {
			assertThat(Mono.fromCallable(() -> 1).subscribeOn(scheduler).block(SOON)).isEqualTo(1);
			assertIdle();
		}
		Awaitility.await().untilAsserted(() -> assertThat(this.lane.status().completed()).isEqualTo(100));
		assertThat(this.lane.status().cancelled()).isZero();
	}

	@Test
	void aFullLaneRejectsAndAnOperatorTurnsThatIntoAnError() {
		occupy();
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> this.lane.asScheduler().schedule(() -> {
			}))
			.withCauseInstanceOf(LaneFullException.class);
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> this.lane.asExecutor().execute(() -> {
			}))
			.withCauseInstanceOf(LaneFullException.class);
		StepVerifier.create(Mono.just(1).publishOn(this.lane.asScheduler()))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(RejectedExecutionException.class))
			.verify(SOON);
	}

	@Test
	void aSubscriptionIsNotRejectedHalfWayWhenTheLaneFills() {
		StepVerifier.create(Flux.range(0, 10).publishOn(this.lane.asScheduler(), 1), 1)
			.expectNext(0)
			.then(this::occupy)
			.thenRequest(1)
			.then(this.release::countDown)
			.expectNext(1)
			.thenRequest(100)
			.expectNextCount(8)
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void aTaskThatIsDisposedOfInTheQueueGivesItsPlaceBack() {
		CountDownLatch running = new CountDownLatch(2);
		occupyThreads(running);
		Scheduler.Worker worker = this.lane.asScheduler().createWorker();
		AtomicBoolean ran = new AtomicBoolean();
		worker.schedule(() -> ran.set(true));
		assertThat(this.lane.status().queued()).isEqualTo(1);
		worker.dispose();
		assertThat(this.lane.status().queued()).isZero();
		Disposable again = this.lane.asScheduler().schedule(() -> ran.set(true));
		again.dispose();
		assertThat(again.isDisposed()).isTrue();
		assertThat(this.lane.status().queued()).isZero();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> worker.schedule(() -> {
		}));
		this.release.countDown();
		assertIdle();
		assertThat(ran).isFalse();
	}

	@Test
	void aTaskScheduledFromInsideTheLaneIsNotRunInPlace() {
		AtomicBoolean inside = new AtomicBoolean();
		AtomicBoolean inPlace = new AtomicBoolean();
		CountDownLatch ran = new CountDownLatch(1);
		this.lane.run(() -> {
			inside.set(true);
			this.lane.asExecutor().execute(() -> {
				inPlace.set(inside.get() && this.lane.status().active() == 1);
				ran.countDown();
			});
			ran.await(SOON.toSeconds(), TimeUnit.SECONDS);
			inside.set(false);
		}).block(SOON);
		assertThat(inPlace).isFalse();
	}

	@Test
	void aTaskRunsInTheContextOfWhoeverSchedulesIt() {
		MDC.put("user", "anna");
		assertThat(CompletableFuture.supplyAsync(() -> MDC.get("user"), this.lane.asExecutor()).join())
			.isEqualTo("anna");
		MDC.clear();
		assertThat(CompletableFuture.supplyAsync(() -> String.valueOf(MDC.get("user")), this.lane.asExecutor()).join())
			.isEqualTo("null");
	}

	@Test
	void aTaskThatThrowsLeavesTheLaneUsable() {
		this.lane.asExecutor().execute(() -> {
			throw new IllegalStateException("in a task");
		});
		assertThat(this.lane.call(() -> "alive").block(SOON)).isEqualTo("alive");
		assertIdle();
	}

	@Test
	void tasksOfAKeyRunOneAtATime() {
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		Lane wide = this.bridge.define(LaneSpec.named("wide").withThreads(4));
		Flux.range(0, 50).flatMap((i) -> Mono.fromRunnable(() -> {
			most.accumulateAndGet(running.incrementAndGet(), Math::max);
			Thread.yield();
			running.decrementAndGet();
		}).subscribeOn(wide.ordered("key").asScheduler()).subscribeOn(Schedulers.parallel()), 50).blockLast(SOON);
		assertThat(most).hasValue(1);
	}

	@Test
	void aClosedLaneRejects() {
		Scheduler scheduler = this.lane.asScheduler();
		this.bridge.close();
		assertThat(scheduler.isDisposed()).isTrue();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> scheduler.schedule(() -> {
		})).withCauseInstanceOf(LaneClosedException.class);
	}

	private void occupy() {
		CountDownLatch running = new CountDownLatch(2);
		occupyThreads(running);
		this.lane.run(() -> {
		}).subscribe();
	}

	private void occupyThreads(CountDownLatch running) {
		for (int i = 0; i < 2; i++) {
			this.lane.run(() -> {
				running.countDown();
				this.release.await();
			}).subscribe();
		}
		LaneStreamTests.await(running);
	}

	private void assertIdle() {
		Awaitility.await().untilAsserted(() -> {
			assertThat(this.lane.status().active()).isZero();
			assertThat(this.lane.status().queued()).isZero();
		});
	}

}
