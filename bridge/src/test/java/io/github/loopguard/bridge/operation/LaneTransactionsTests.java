package io.github.loopguard.bridge.operation;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import reactor.test.StepVerifier;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneSpec;

import static io.github.loopguard.bridge.operation.OrderDatabase.SOON;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LaneTransactions}.
 */
@ParameterizedClass(name = "in memory: {0}")
@ValueSource(booleans = { true, false })
class LaneTransactionsTests {

	@Parameter
	boolean inMemory;

	private final BlockingBridge bridge = new BlockingBridge(List.of(LaneSpec.named("orders").withThreads(2)));

	private final Lane lane = this.bridge.lane("orders");

	private OrderDatabase database;

	private LaneTransactions transactions;

	@BeforeEach
	void open(@TempDir Path folder) throws Exception {
		this.database = this.inMemory ? OrderDatabase.inMemory() : OrderDatabase.in(folder);
		this.transactions = LaneTransactions.in(this.lane, this.database.manager);
	}

	@AfterEach
	void close() throws Exception {
		this.bridge.close();
		this.database.close();
	}

	@Test
	void commitsBeforeTheResultArrives() {
		StepVerifier.create(this.transactions.call((status) -> this.database.insert(1))).assertNext((rows) -> {
			assertThat(rows).isEqualTo(2);
			assertCommitted(2);
		}).expectComplete().verify(SOON);
		this.database.assertAllConnectionsAreBack();
	}

	@Test
	void beginsWorksAndCommitsOnOneThreadWithinOneCall() {
		Set<Thread> threads = new CopyOnWriteArraySet<>();
		LaneTransactions watched = LaneTransactions.in(this.lane, new WatchedManager(threads));
		for (int i = 0; i < 5; i++) {
			threads.clear();
			StepVerifier.create(watched.call((status) -> threads.add(Thread.currentThread())))
				.expectNext(false)
				.expectComplete()
				.verify(SOON);
			assertThat(threads).singleElement()
				.satisfies((thread) -> assertThat(thread.getName()).startsWith("lane-orders-"));
		}
		assertThat(this.lane.status().submitted()).isEqualTo(5);
	}

	@Test
	void aNullResultIsCommittedAndEmpty() {
		StepVerifier.create(this.transactions.call((status) -> {
			this.database.insert(1);
			return null;
		})).expectComplete().verify(SOON);
		assertCommitted(2);
	}

	@Test
	void aCheckedExceptionRollsBackAndArrivesAsThrown() {
		assertRollsBack(new IOException("disk on fire"));
	}

	@Test
	void anUncheckedExceptionRollsBackAndArrivesAsThrown() {
		assertRollsBack(new IllegalStateException("disk on fire"));
	}

	@Test
	void anErrorRollsBackAndArrivesAsThrown() {
		assertRollsBack(new AssertionError("disk on fire"));
		assertRollsBack(new OutOfMemoryError("not really"));
	}

	private void assertRollsBack(Throwable failure) {
		StepVerifier.create(this.transactions.call((status) -> {
			this.database.insert(1);
			LaneTransactionsTests.<RuntimeException>rethrow(failure);
			return 1;
		})).expectErrorSatisfies((error) -> assertThat(error).isSameAs(failure)).verify(SOON);
		assertCommitted(0);
		this.database.assertAllConnectionsAreBack();
	}

	@Test
	void workThatMarksTheTransactionRollsBackAndReturnsItsResult() {
		StepVerifier.create(this.transactions.call((status) -> {
			status.setRollbackOnly();
			return this.database.insert(1);
		})).expectNext(2).expectComplete().verify(SOON);
		assertCommitted(0);
	}

	@Test
	void aNestedCallOfTheLaneSeesTheUncommittedRows() {
		StepVerifier.create(this.transactions.call((status) -> {
			this.database.insert(1);
			assertCommitted(0);
			return this.lane.call(this.database::seenLines).block(SOON);
		})).expectNext(2).expectComplete().verify(SOON);
		assertThat(this.lane.status().inPlace()).isEqualTo(1);
		assertCommitted(2);
	}

	@Test
	void aNestedTransactionThatFailedFailsTheOuterOne() {
		StepVerifier.create(this.transactions.call((status) -> {
			this.database.insert(1);
			return this.transactions.call((inner) -> {
				throw new IOException("disk on fire");
			}).onErrorReturn(0).block(SOON);
		})).expectError(UnexpectedRollbackException.class).verify(SOON);
		assertCommitted(0);
		this.database.assertAllConnectionsAreBack();
	}

	@Test
	void aCommitThatFailsArrivesInsteadOfTheResult() {
		TransactionSystemException failure = new TransactionSystemException("disk full");
		LaneTransactions failing = LaneTransactions.in(this.lane, new DataSourceTransactionManager(this.database.pool) {
			@Override
			protected void doCommit(DefaultTransactionStatus status) {
				throw failure;
			}
		});
		StepVerifier.create(failing.call((status) -> 1))
			.expectErrorSatisfies((error) -> assertThat(error).isSameAs(failure))
			.verify(SOON);
		this.database.assertAllConnectionsAreBack();
	}

	@Test
	void aRollbackThatFailsIsSuppressedByItsReason() {
		IOException failure = new IOException("disk on fire");
		LaneTransactions failing = LaneTransactions.in(this.lane, new DataSourceTransactionManager(this.database.pool) {
			@Override
			protected void doRollback(DefaultTransactionStatus status) {
				throw new TransactionSystemException("connection lost");
			}
		});
		StepVerifier.create(failing.call((status) -> {
			throw failure;
		}))
			.expectErrorSatisfies((error) -> assertThat(error).isSameAs(failure)
				.hasSuppressedException(new TransactionSystemException("connection lost")))
			.verify(SOON);
	}

	@Test
	void withoutAConnectionTheWorkDoesNotRun() throws Exception {
		try (AutoCloseable first = this.database.pool.getConnection();
				AutoCloseable second = this.database.pool.getConnection()) {
			StepVerifier.create(this.transactions.call((status) -> this.database.insert(1)))
				.expectError(CannotCreateTransactionException.class)
				.verify(SOON);
		}
		assertCommitted(0);
	}

	@Test
	void theDefinitionApplies() {
		DefaultTransactionDefinition definition = new DefaultTransactionDefinition();
		definition.setReadOnly(true);
		definition.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
		StepVerifier
			.create(LaneTransactions.in(this.lane, this.database.manager, definition)
				.call((status) -> List.of(TransactionSynchronizationManager.isCurrentTransactionReadOnly(),
						TransactionSynchronizationManager.getCurrentTransactionIsolationLevel())))
			.expectNext(List.of(true, TransactionDefinition.ISOLATION_SERIALIZABLE))
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void theDefinitionsTimeoutEndsASlowStatement() {
		DefaultTransactionDefinition definition = new DefaultTransactionDefinition();
		definition.setTimeout(1);
		StepVerifier.create(LaneTransactions.in(this.lane, this.database.manager, definition).call((status) -> {
			this.database.insert(1);
			return this.database.jdbc.queryForObject(
					"select count(*) from system_range(1, 1000000) a, system_range(1, 1000000) b where a.x = -b.x",
					Integer.class);
		}))
			.expectErrorMatches(
					(error) -> error instanceof QueryTimeoutException || error instanceof TransactionTimedOutException)
			.verify(SOON);
		assertCommitted(0);
		this.database.assertAllConnectionsAreBack();
	}

	private void assertCommitted(int lines) {
		try {
			assertThat(this.database.lines()).isEqualTo(lines);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static <E extends Throwable> void rethrow(Throwable failure) throws E {
		throw (E) failure;
	}

	/**
	 * Records which threads begin and commit.
	 */
	private final class WatchedManager extends DataSourceTransactionManager {

		private final Set<Thread> threads;

		WatchedManager(Set<Thread> threads) {
			super(LaneTransactionsTests.this.database.pool);
			this.threads = threads;
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			this.threads.add(Thread.currentThread());
			super.doBegin(transaction, definition);
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			this.threads.add(Thread.currentThread());
			super.doCommit(status);
		}

	}

}
