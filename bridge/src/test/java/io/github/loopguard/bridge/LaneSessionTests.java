package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.List;
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
