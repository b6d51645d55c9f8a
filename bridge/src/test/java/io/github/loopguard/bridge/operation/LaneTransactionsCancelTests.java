package io.github.loopguard.bridge.operation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.LaneTimeoutException;
import io.github.loopguard.bridge.OnCancel;

import static io.github.loopguard.bridge.operation.OrderDatabase.SOON;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LaneTransactions} that nobody waits for any more.
 */
@ParameterizedClass(name = "in memory: {0}")
@ValueSource(booleans = { true, false })
class LaneTransactionsCancelTests {

	@Parameter
	boolean inMemory;

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final CountDownLatch inserted = new CountDownLatch(1);

	private final CountDownLatch proceed = new CountDownLatch(1);

	private OrderDatabase database;

	@BeforeEach
	void open(@TempDir Path folder) throws Exception {
		this.database = this.inMemory ? OrderDatabase.inMemory() : OrderDatabase.in(folder);
	}

	@AfterEach
	void close() throws Exception {
		this.proceed.countDown();
		this.bridge.close();
		this.database.close();
	}

	@Test
	void aCancelledTransactionThatIsAbandonedRollsBackWhenItsWorkEnds() throws Exception {
		Lane lane = lane(LaneSpec.named("orders"));
		Disposable call = insertAndWait(lane);
		call.dispose();
		assertThat(lane.status().lingering()).isEqualTo(1);
		assertThat(this.database.connectionsInUse()).isEqualTo(1);
		this.proceed.countDown();
		assertRolledBack(lane);
	}

	@Test
	void aCancelledTransactionThatIsInterruptedRollsBackAtOnce() throws Exception {
		Lane lane = lane(LaneSpec.named("orders").withOnCancel(OnCancel.INTERRUPT));
		insertAndWait(lane).dispose();
		assertRolledBack(lane);
	}

	@Test
	void anInterruptThatTheWorkIgnoresDoesNotReachTheRollback() throws Exception {
		Lane lane = lane(LaneSpec.named("orders").withOnCancel(OnCancel.INTERRUPT));
		AtomicReference<Boolean> interrupted = new AtomicReference<>();
		LaneTransactions watched = LaneTransactions.in(lane, new DataSourceTransactionManager(this.database.pool) {
			@Override
			protected void doRollback(DefaultTransactionStatus status) {
				interrupted.set(Thread.currentThread().isInterrupted());
				super.doRollback(status);
			}
		});
		Disposable call = watched.call((status) -> {
			int rows = this.database.insert(1);
			this.inserted.countDown();
			while (!Thread.currentThread().isInterrupted()) {
				Thread.onSpinWait();
			}
			return rows;
		}).subscribe();
		this.inserted.await();
		call.dispose();
		assertRolledBack(lane);
		assertThat(interrupted).hasValue(false);
	}

	@Test
	void anInterruptThatIsNotOfTheTransactionStaysForTheCodeAroundIt() throws Exception {
		Lane lane = lane(LaneSpec.named("orders"));
		LaneTransactions transactions = LaneTransactions.in(lane, this.database.manager);
		StepVerifier.create(lane.call(() -> {
			transactions.call((status) -> {
				int rows = this.database.insert(1);
				Thread.currentThread().interrupt();
				return rows;
			}).block(SOON);
			return Thread.interrupted();
		})).expectNext(true).expectComplete().verify(SOON);
		assertThat(this.database.lines()).isEqualTo(2);
	}

	@Test
	void aTransactionThatExceedsTheRunTimeoutRollsBack() throws Exception {
		Lane lane = lane(LaneSpec.named("orders").withRunTimeout(Duration.ofMillis(50)));
		StepVerifier.create(LaneTransactions.in(lane, this.database.manager).call((status) -> {
			int rows = this.database.insert(1);
			this.proceed.await();
			return rows;
		})).expectError(LaneTimeoutException.class).verify(SOON);
		this.proceed.countDown();
		assertRolledBack(lane);
	}

	@Test
	void aTransactionThatExceedsItsCallersTimeoutRollsBack() throws Exception {
		Lane lane = lane(LaneSpec.named("orders"));
		StepVerifier.create(
				LaneTransactions.in(lane.withTimeout(Duration.ofMillis(50)), this.database.manager).call((status) -> {
					int rows = this.database.insert(1);
					this.proceed.await();
					return rows;
				}))
			.expectError(LaneTimeoutException.class)
			.verify(SOON);
		this.proceed.countDown();
		assertRolledBack(lane);
	}

	@Test
	void aTransactionThatWaitsInTheQueueHoldsNoConnection() throws Exception {
		Lane lane = lane(LaneSpec.named("orders"));
		Disposable running = insertAndWait(lane);
		Disposable waiting = LaneTransactions.in(lane, this.database.manager)
			.call((status) -> this.database.insert(2))
			.subscribe();
		assertThat(lane.status().queued()).isEqualTo(1);
		assertThat(this.database.connectionsInUse()).isEqualTo(1);
		waiting.dispose();
		running.dispose();
		this.proceed.countDown();
		assertRolledBack(lane);
	}

	@Test
	void aBridgeThatClosesRollsBackWhatRuns() throws Exception {
		Lane lane = lane(LaneSpec.named("orders"));
		insertAndWait(lane);
		this.bridge.close();
		Awaitility.await().atMost(SOON).until(() -> lane.status().active() == 0);
		this.database.assertAllConnectionsAreBack();
		assertThat(this.database.lines()).isZero();
	}

	private Lane lane(LaneSpec spec) {
		return this.bridge.define(spec.withThreads(1));
	}

	private Disposable insertAndWait(Lane lane) throws InterruptedException {
		Disposable call = LaneTransactions.in(lane, this.database.manager).call((status) -> {
			int rows = this.database.insert(1);
			this.inserted.countDown();
			this.proceed.await();
			return rows;
		}).onErrorComplete().subscribe();
		this.inserted.await();
		return call;
	}

	private void assertRolledBack(Lane lane) throws Exception {
		Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(lane.status()).satisfies((status) -> {
			assertThat(status.active()).isZero();
			assertThat(status.lingering()).isZero();
		}));
		this.database.assertAllConnectionsAreBack();
		assertThat(this.database.lines()).isZero();
		StepVerifier.create(LaneTransactions.in(lane, this.database.manager).call((status) -> this.database.insert(3)))
			.expectNext(2)
			.expectComplete()
			.verify(SOON);
		assertThat(this.database.lines()).isEqualTo(2);
	}

}
