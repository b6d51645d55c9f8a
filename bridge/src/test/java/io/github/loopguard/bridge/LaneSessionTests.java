package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Lane#session}.
 */
class LaneSessionTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final Lane lane = this.bridge.define(LaneSpec.named("jdbc").withThreads(2));

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void allStepsAndTheClosingRunOnOneThread() {
		Connection connection = new Connection();
		StepVerifier
			.create(this.lane.session(() -> connection.opened(),
					(session) -> Flux.range(1, 20)
						.publishOn(Schedulers.parallel())
						.concatMap((i) -> session.call(Connection::thread).publishOn(Schedulers.parallel()))
						.distinct()))
			.assertNext((thread) -> assertThat(thread).isEqualTo(connection.openedOn).startsWith("lane-jdbc-"))
			.expectComplete()
			.verify(SOON);
		assertThat(connection.closedOn).isEqualTo(connection.openedOn);
		Awaitility.await().untilAsserted(() -> assertThat(this.lane.status().active()).isZero());
		assertThat(this.lane.status().open()).isZero();
	}

	@Test
	void stepsTakenFromAStepRunInPlace() {
		StepVerifier
			.create(this.lane.session(Connection::new,
					(session) -> session.call((outer) -> session.call((inner) -> inner == outer).block(SOON))))
			.expectNext(true)
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void anErrorOfAStepEndsTheSessionAndClosesTheResource() {
		Connection connection = new Connection();
		StepVerifier.create(this.lane.session(connection::opened, (session) -> session.call((open) -> {
			throw new IllegalStateException("deadlock victim");
		}))).expectErrorMessage("deadlock victim").verify(SOON);
		assertThat(connection.closedOn).isNotNull();
	}

	@Test
	void aResourceThatCannotBeOpenedFailsTheSession() {
		StepVerifier.create(this.lane.session(() -> {
			throw new IllegalStateException("no connection");
		}, (session) -> Mono.just(1))).expectErrorMessage("no connection").verify(SOON);
		Awaitility.await().untilAsserted(() -> assertThat(this.lane.status().active()).isZero());
		assertThat(this.lane.status().open()).isZero();
	}

	@Test
	void cancellingClosesTheResource() {
		Connection connection = new Connection();
		Disposable subscription = this.lane.session(connection::opened, (session) -> Mono.never()).subscribe();
		Awaitility.await().until(() -> connection.openedOn != null);
		assertThat(this.lane.status().active()).isEqualTo(1);
		subscription.dispose();
		Awaitility.await().until(() -> connection.closedOn != null);
		Awaitility.await().untilAsserted(() -> assertThat(this.lane.status().open()).isZero());
	}

	@Test
	void cancellingInTheQueueOpensNothing() {
		Lane lane = this.bridge.define(LaneSpec.named("one").withThreads(1));
		Disposable first = lane.session(Connection::new, (session) -> Mono.never()).subscribe();
		Awaitility.await().until(() -> lane.status().active() == 1);
		Connection connection = new Connection();
		lane.session(connection::opened, (session) -> Mono.never()).subscribe().dispose();
		assertThat(lane.status().open()).isEqualTo(1);
		first.dispose();
		StepVerifier.create(lane.call(() -> 1)).expectNext(1).expectComplete().verify(SOON);
		assertThat(connection.openedOn).isNull();
	}

	@Test
	void aStepThatTakesTooLongFailsAtOnceAndTheResourceIsClosedLater() {
		Lane lane = this.bridge.define(LaneSpec.named("slow").withThreads(1).withRunTimeout(Duration.ofMillis(100)));
		CountDownLatch release = new CountDownLatch(1);
		Connection connection = new Connection();
		StepVerifier.create(lane.session(connection::opened, (session) -> session.call((open) -> {
			release.await();
			return 1;
		}))).expectError(LaneTimeoutException.class).verify(SOON);
		assertThat(connection.closedOn).isNull();
		release.countDown();
		Awaitility.await().until(() -> connection.closedOn != null);
		Awaitility.await().untilAsserted(() -> assertThat(lane.status().active()).isZero());
	}

	@Test
	void aStepAfterTheEndIsRejected() {
		AtomicReference<LaneSession<Connection>> escaped = new AtomicReference<>();
		StepVerifier.create(this.lane.session(Connection::new, (session) -> {
			escaped.set(session);
			return Mono.just(1);
		})).expectNext(1).expectComplete().verify(SOON);
		StepVerifier.create(escaped.get().call(Connection::thread)).expectError(LaneClosedException.class).verify(SOON);
	}

	@Test
	void aSessionIsNotSubjectToTheRunTimeoutAsAWhole() {
		Lane lane = this.bridge.define(LaneSpec.named("long").withThreads(1).withRunTimeout(Duration.ofMillis(700)));
		StepVerifier
			.create(lane.session(Connection::new,
					(session) -> Mono.delay(Duration.ofMillis(1500)).then(session.call((open) -> "still here"))))
			.expectNext("still here")
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void cancelledStepsTakeNoPlaceInTheQueue() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch busy = new CountDownLatch(1);
		StepVerifier.create(this.lane.session(Connection::new, (session) -> {
			Mono<Integer> first = session.call((connection) -> {
				busy.countDown();
				release.await();
				return 1;
			}).subscribeOn(Schedulers.parallel());
			Mono<Integer> last = Mono.defer(() -> {
				await(busy);
				for (int i = 0; i < 300; i++) {
					session.call((connection) -> 0).subscribe().dispose();
				}
				Mono<Integer> step = session.call((connection) -> 2);
				return step.doOnSubscribe((subscription) -> release.countDown());
			}).subscribeOn(Schedulers.parallel());
			return Flux.merge(first, last);
		})).expectNextCount(2).expectComplete().verify(SOON);
	}

	@Test
	void everyStepIsAnsweredWhenTheSessionEndsMeanwhile() {
		int rounds = 3_000;
		AtomicInteger submitted = new AtomicInteger();
		AtomicInteger answered = new AtomicInteger();
		Flux.range(0, rounds).concatMap((i) -> this.lane.session(Connection::new, (session) -> {
			Schedulers.parallel().schedule(() -> {
				for (int step = 0; step < 3; step++) {
					submitted.incrementAndGet();
					session.call((connection) -> 1).doOnTerminate(answered::incrementAndGet).subscribe((value) -> {
					}, (error) -> {
					});
				}
			});
			return session.call((connection) -> 1);
		})).blockLast(Duration.ofMinutes(1));
		Awaitility.await().atMost(SOON).untilAsserted(() -> {
			assertThat(submitted).hasValue(3 * rounds);
			assertThat(answered).hasValue(3 * rounds);
		});
	}

	@Test
	void stepsBehindOneThatDoesNotEndAreAnsweredWhenTheSessionCloses() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch busy = new CountDownLatch(1);
		CountDownLatch answered = new CountDownLatch(1);
		Disposable session = this.lane.session(Connection::new, (open) -> {
			Mono<Integer> deaf = open.call((connection) -> {
				busy.countDown();
				awaitUninterruptibly(release);
				return 1;
			}).subscribeOn(Schedulers.parallel());
			open.call((connection) -> 2)
				.doOnTerminate(answered::countDown)
				.delaySubscription(Mono.fromRunnable(() -> await(busy)).subscribeOn(Schedulers.boundedElastic()))
				.subscribe((value) -> {
				}, (error) -> {
				});
			return deaf;
		}).subscribe();
		await(busy);
		Awaitility.await().atMost(SOON).until(() -> this.lane.status().submitted() > 0);
		try {
			Awaitility.await().atMost(SOON).untilAsserted(() -> {
				session.dispose();
				assertThat(answered.getCount()).isZero();
			});
		}
		finally {
			release.countDown();
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		while (true) {
			try {
				latch.await();
				return;
			}
			catch (InterruptedException ex) {
				// Deaf.
			}
		}
	}

	private static final class Connection implements AutoCloseable {

		private volatile String openedOn;

		private volatile String closedOn;

		Connection opened() {
			this.openedOn = thread();
			return this;
		}

		String thread() {
			return Thread.currentThread().getName();
		}

		@Override
		public void close() {
			this.closedOn = thread();
		}

	}

}
