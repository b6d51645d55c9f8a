package io.github.loopguard.bridge.operation;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import reactor.core.publisher.Mono;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.Lane;

/**
 * Runs work in a transaction of a blocking resource, such as a JDBC connection, in a
 * lane. The transaction begins, runs its work and ends on one thread, within one call of
 * the lane, so that a call that waits holds no connection. Needs {@code spring-tx}.
 * <p>
 * Give a lane no more threads than its pool has connections, and let it abandon rather
 * than interrupt: an interrupt during a commit closes an embedded database in a file.
 *
 * @since 0.1
 */
public final class LaneTransactions {

	private final Lane lane;

	private final PlatformTransactionManager manager;

	private final TransactionDefinition definition;

	private LaneTransactions(Lane lane, PlatformTransactionManager manager, TransactionDefinition definition) {
		this.lane = Objects.requireNonNull(lane, "'lane' must not be null");
		this.manager = Objects.requireNonNull(manager, "'manager' must not be null");
		this.definition = Objects.requireNonNull(definition, "'definition' must not be null");
	}

	/**
	 * Returns transactions with the transaction manager's defaults.
	 * @param lane where they run
	 * @param manager begins and ends them
	 * @return the transactions
	 */
	public static LaneTransactions in(Lane lane, PlatformTransactionManager manager) {
		return in(lane, manager, TransactionDefinition.withDefaults());
	}

	/**
	 * Returns transactions that are, for example, read-only or limited in time.
	 * @param lane where they run
	 * @param manager begins and ends them
	 * @param definition their properties; its timeout limits statements, the lane's
	 * limits the call
	 * @return the transactions
	 */
	public static LaneTransactions in(Lane lane, PlatformTransactionManager manager, TransactionDefinition definition) {
		return new LaneTransactions(lane, manager, definition);
	}

	/**
	 * Runs work in a transaction and commits it. The transaction is rolled back if the
	 * work throws anything, or marks it by {@link TransactionStatus#setRollbackOnly()},
	 * or if nobody waits for it any more when the work ends: the subscriber has
	 * cancelled, or a timeout is over. A cancel that comes later finds it committed.
	 * <p>
	 * A call of the same lane that the work makes and waits for runs in place, and so in
	 * the same transaction. A call of another lane does not.
	 * @param work the work
	 * @param <T> type of the result
	 * @return the result, after the commit; or what the work threw, as it was thrown; or
	 * the {@code TransactionException} of a transaction that could not begin, commit or
	 * roll back; or an error of the lane
	 */
	public <T> Mono<T> call(TransactionWork<? extends T> work) {
		Objects.requireNonNull(work, "'work' must not be null");
		return this.lane.call(() -> inTransaction(work));
	}

	private <T> @Nullable T inTransaction(TransactionWork<? extends T> work) throws Exception {
		TransactionStatus status = this.manager.getTransaction(this.definition);
		T result;
		try {
			result = work.run(status);
		}
		catch (Throwable ex) {
			rollBack(status, ex);
			throw ex;
		}
		if (!BlockingBridge.beginCommit()) {
			status.setRollbackOnly();
		}
		withoutInterrupt(() -> this.manager.commit(status));
		return result;
	}

	private void rollBack(TransactionStatus status, Throwable cause) {
		BlockingBridge.beginCommit();
		try {
			withoutInterrupt(() -> this.manager.rollback(status));
		}
		catch (RuntimeException | Error ex) {
			cause.addSuppressed(ex);
		}
	}

	/**
	 * Hides an interrupt, which was meant for the work, from the end of the transaction.
	 */
	private static void withoutInterrupt(Runnable end) {
		boolean interrupted = Thread.interrupted();
		try {
			end.run();
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * Blocking work in a transaction.
	 *
	 * @param <T> type of the result
	 */
	@FunctionalInterface
	public interface TransactionWork<T> {

		/**
		 * Does the work, on a thread that may block and that the transaction is bound to.
		 * @param status the transaction
		 * @return the result; {@code null} becomes an empty {@code Mono}
		 * @throws Exception any error; the transaction is rolled back, and the subscriber
		 * receives it unwrapped
		 */
		@Nullable T run(TransactionStatus status) throws Exception;

	}

}
