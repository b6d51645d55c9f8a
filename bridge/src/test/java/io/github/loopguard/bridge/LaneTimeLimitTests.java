package io.github.loopguard.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Lane#withTimeout} and {@link Lane#DEADLINE}.
 */
class LaneTimeLimitTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final Duration SHORT = Duration.ofMillis(100);

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final Lane lane = this.bridge
		.define(LaneSpec.named("limited").withThreads(1).withQueueTimeout(null).withMaxOpen(2));

	private final CountDownLatch release = new CountDownLatch(1);

	private final CountDownLatch timersRun = new CountDownLatch(1);

	private final AtomicInteger runs = new AtomicInteger();

	@AfterEach
	void close() {
		this.release.countDown();
		this.timersRun.countDown();
		this.bridge.close();
	}

	@Test
	void aCallThatRunsTooLongFailsAndRunsOnWithoutItsCaller() {
		StepVerifier.create(this.lane.withTimeout(SHORT).run(this.release::await))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(LaneTimeoutException.class)
				.hasMessage("A call ran longer than 100 ms in lane 'limited' (Lane.withTimeout)."))
			.verify(SOON);
		assertThat(this.lane.status().timedOut()).isEqualTo(1);
		assertThat(this.lane.status().lingering()).isEqualTo(1);
		this.release.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(this.lane.status().lingering()).isZero());
	}

	@Test
	void whatWaitsTooLongNeverBegins() {
		occupy();
		Lane limited = this.lane.withTimeout(SHORT);
		for (Publisher<?> work : List.of(limited.call(this.runs::incrementAndGet),
				limited.stream(() -> Stream.of(this.runs.incrementAndGet())),
				limited.defer(() -> Mono.just(this.runs.incrementAndGet())),
				limited.session(this.runs::incrementAndGet, (session) -> Mono.empty()))) {
			StepVerifier.create(work)
				.expectErrorSatisfies((error) -> assertThat(((LaneTimeoutException) error).phase())
					.isEqualTo(LaneTimeoutException.Phase.QUEUE))
				.verify(SOON);
		}
		this.release.countDown();
		assertThat(this.lane.call(() -> "free").block(SOON)).isEqualTo("free");
		assertThat(this.runs).hasValue(0);
		assertThat(this.lane.status().open()).isZero();
	}

	@Test
	void whatIsSubscribedAfterItsDeadlineNeverBegins() {
		for (Publisher<?> work : List.of(this.lane.call(this.runs::incrementAndGet),
				this.lane.stream(() -> Stream.of(this.runs.incrementAndGet())),
				this.lane.defer(() -> Mono.just(this.runs.incrementAndGet())),
				this.lane.session(this.runs::incrementAndGet, (session) -> Mono.empty()))) {
			Instant deadline = Instant.now().minusSeconds(1);
			StepVerifier.create(Flux.from(work).contextWrite((context) -> context.put(Lane.DEADLINE, deadline)))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(LaneTimeoutException.class)
					.hasMessageContaining("the deadline " + deadline))
				.verify(SOON);
		}
		assertThat(this.runs).hasValue(0);
		assertThat(this.lane.status().submitted()).isZero();
	}

	@Test
	void theEarlierOfTimeoutAndDeadlineApplies() {
		Mono<Void> call = this.lane.withTimeout(Duration.ofMinutes(1)).run(this.release::await);
		StepVerifier.create(call.contextWrite((context) -> context.put(Lane.DEADLINE, Instant.now().plus(SHORT))))
			.expectErrorSatisfies((error) -> assertThat(error).hasMessageContaining("the deadline"))
			.verify(SOON);
		this.release.countDown();
		StepVerifier
			.create(this.lane.withTimeout(Duration.ofSeconds(30))
				.call(() -> 1)
				.contextWrite((context) -> context.put(Lane.DEADLINE, Instant.MAX)))
			.expectNext(1)
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void aStreamThatIsReadInPlaceEndsInTime() throws InterruptedException {
		CountDownLatch told = new CountDownLatch(1);
		Mono<List<Integer>> call = this.lane.call(() -> this.lane.withTimeout(SHORT).stream(() -> {
			this.release.await();
			return Stream.of(1);
		}).doOnError(LaneTimeoutException.class, (error) -> told.countDown()).collectList().block(SOON));
		call.onErrorComplete().subscribe();
		assertThat(told.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
		this.release.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(this.lane.status().active()).isZero());
		assertThat(this.lane.status().open()).isZero();
	}

	@Test
	void aStreamInAScopeThatHasEndedNeverBegins() {
		Disposable.Composite scope = Disposables.composite();
		scope.dispose();
		this.lane.stream(() -> Stream.of(this.runs.incrementAndGet()))
			.contextWrite((context) -> context.put(Lane.SCOPE, scope))
			.subscribe();
		assertThat(this.lane.call(() -> "free").block(SOON)).isEqualTo("free");
		assertThat(this.runs).hasValue(0);
		assertThat(this.lane.status().open()).isZero();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aStreamWhoseScopeHasEndedFailsInTime(boolean before) {
		Disposable.Composite scope = Disposables.composite();
		if (before) {
			scope.dispose();
		}
		StepVerifier
			.create(this.lane.withTimeout(SHORT)
				.stream(() -> Stream.of(1, 2))
				.doOnNext((element) -> scope.dispose())
				.filter((element) -> false)
				.contextWrite((context) -> context.put(Lane.SCOPE, scope)))
			.expectError(LaneTimeoutException.class)
			.verify(SOON);
		assertThat(this.lane.status().open()).isZero();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aSessionWhoseScopeEndsBeforeItIsOpenFailsInTime(boolean before) {
		Disposable.Composite scope = Disposables.composite();
		if (before) {
			scope.dispose();
		}
		StepVerifier.create(this.lane.withTimeout(SHORT).session(() -> {
			scope.dispose();
			this.release.await();
			return this.runs;
		}, (session) -> session.call(AtomicInteger::incrementAndGet))
			.contextWrite((context) -> context.put(Lane.SCOPE, scope)))
			.expectError(LaneTimeoutException.class)
			.verify(SOON);
		this.release.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(this.lane.status().open()).isZero());
		assertThat(this.runs).hasValue(0);
	}

	@Test
	void aStreamThatIsReadTooSlowlyFailsAndIsClosed() {
		AtomicInteger closed = new AtomicInteger();
		StepVerifier
			.create(this.lane.withTimeout(SHORT).stream(() -> Stream.of(1, 2, 3).onClose(closed::incrementAndGet)), 1)
			.expectNext(1)
			.expectError(LaneTimeoutException.class)
			.verify(SOON);
		Awaitility.await().untilAsserted(() -> assertThat(closed).hasValue(1));
		Awaitility.await().untilAsserted(() -> assertThat(this.lane.status().open()).isZero());
	}

	@Test
	void aSessionThatLastsTooLongFailsAndIsClosed() {
		AtomicInteger closed = new AtomicInteger();
		StepVerifier
			.create(this.lane.withTimeout(Duration.ofSeconds(1))
				.session(() -> (AutoCloseable) closed::incrementAndGet,
						(session) -> session.call((resource) -> 1).concatWith(Mono.never())))
			.expectNext(1)
			.expectErrorSatisfies((error) -> assertThat(error)
				.hasMessage("A call ran longer than 1000 ms in lane 'limited' (Lane.withTimeout)."))
			.verify(SOON);
		Awaitility.await().untilAsserted(() -> assertThat(closed).hasValue(1));
		Awaitility.await().untilAsserted(() -> assertThat(this.lane.status().open()).isZero());
		assertThat(this.lane.status().active()).isZero();
	}

	@Test
	void aTimeoutThatIsNotPositiveIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.lane.withTimeout(Duration.ZERO))
			.withMessage("The timeout of a call must be positive, not PT0S");
	}

	@Test
	void aDeadlineThatIsNoInstantIsNamed() {
		Mono<Integer> call = this.lane.call(() -> 1).contextWrite((context) -> context.put(Lane.DEADLINE, "soon"));
		assertThatIllegalArgumentException().isThrownBy(() -> call.block(SOON))
			.withMessage("The Reactor context has 'soon' as loopguard.deadline, which is not a java.time.Instant");
	}

	@Test
	void codeLearnsThatNobodyWaitsForItAnyMore() {
		CountDownLatch noticed = new CountDownLatch(1);
		assertThat(BlockingBridge.isAbandoned()).isFalse();
		// Long enough for the code to begin on a slow machine.
		StepVerifier.create(this.lane.withTimeout(Duration.ofSeconds(1)).run(() -> {
			while (!BlockingBridge.isAbandoned()) {
				Thread.onSpinWait();
			}
			noticed.countDown();
		})).expectError(LaneTimeoutException.class).verify(SOON);
		LaneStreamTests.await(noticed);
	}

	@Test
	void aSessionThatTakesTooLongFailsAndIsClosed() {
		AtomicInteger closed = new AtomicInteger();
		StepVerifier.create(this.lane.withTimeout(SHORT)
			.session(() -> (AutoCloseable) closed::incrementAndGet,
					(session) -> session.call((open) -> 1)
						.delayElement(Duration.ofMillis(1))
						.then(session.call((open) -> {
							this.release.await();
							return 2;
						}))))
			.expectError(LaneTimeoutException.class)
			.verify(SOON);
		assertThat(closed).hasValue(0);
		this.release.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(closed).hasValue(1));
	}

	@Test
	void aStepThatTakesTooLongFailsItsSessionByTheTimeoutAndNoneFollows() {
		StepVerifier.create(this.lane.withTimeout(SHORT).session(() -> 1, (session) -> session.call((open) -> {
			this.release.await();
			return 1;
		}).then(session.call((open) -> this.runs.incrementAndGet()))))
			.expectError(LaneTimeoutException.class)
			.verify(SOON);
		this.release.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(this.lane.status().active()).isZero());
		assertThat(this.runs).hasValue(0);
	}

	@Test
	void whatWaitsTooLongNeverBeginsEvenIfItsTimerIsLate() throws Exception {
		occupy();
		Scheduler timers = Schedulers.parallel();
		for (int i = 0; i < 4 * Schedulers.DEFAULT_POOL_SIZE; i++) {
			timers.schedule(() -> LaneStreamTests.await(this.timersRun));
		}
		Duration limit = Duration.ofMillis(1);
		CompletableFuture<Integer> late = this.lane.withTimeout(limit).call(this.runs::incrementAndGet).toFuture();
		Instant passed = Instant.now().plus(limit.multipliedBy(2));
		Awaitility.await().until(() -> Instant.now().isAfter(passed));
		this.release.countDown();
		this.lane.call(() -> "after it").block(SOON);
		this.timersRun.countDown();
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> late.get(SOON.toSeconds(), TimeUnit.SECONDS))
			.withCauseInstanceOf(LaneTimeoutException.class);
		assertThat(this.runs).hasValue(0);
	}

	private void occupy() {
		CountDownLatch running = new CountDownLatch(1);
		this.lane.run(() -> {
			running.countDown();
			this.release.await();
		}).subscribe();
		LaneStreamTests.await(running);
	}

}
