package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

/**
 * One piece of blocking work on its way through a lane. Whoever moves {@link TaskPhase}
 * out of a state, and nobody else, tells the subscriber: so a result, a timeout, a
 * cancellation and a shutdown can meet without anybody being told twice or never.
 *
 * @param <T> type of the result
 */
abstract class LaneTask<T> implements Runnable, Callable<@Nullable T> {

	private static final Logger logger = LoggerFactory.getLogger(LaneTask.class);

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<LaneTask, TaskPhase> PHASE = AtomicReferenceFieldUpdater
		.newUpdater(LaneTask.class, TaskPhase.class, "phase");

	final LaneEngine engine;

	final @Nullable Object key;

	private final CallContext context;

	private volatile TaskPhase phase = TaskPhase.NEW;

	private @Nullable T value;

	private @Nullable Throwable error;

	private boolean settled;

	private volatile @Nullable Thread runner;

	private boolean inPlace;

	private volatile long queuedAt;

	private volatile long startedAt;

	private volatile @Nullable Disposable handle;

	LaneTask(LaneEngine engine, @Nullable Object key, CallContext context) {
		this.engine = engine;
		this.key = key;
		this.context = context;
	}

	/**
	 * Receives the outcome, on the thread that ran the code.
	 */
	abstract void succeeded(@Nullable T value);

	/**
	 * Receives what went wrong: in the code, or in getting it run.
	 */
	abstract void failed(Throwable error);

	/**
	 * Receives, on the thread that ran the code, an outcome nobody waits for any more.
	 */
	abstract void unwanted(@Nullable T value, @Nullable Throwable error);

	/**
	 * Learns, on the thread of whoever dropped it, that the task will not run.
	 */
	void neverRan() {
	}

	/**
	 * Whether the lane's limit of the waiting time applies.
	 */
	boolean waitLimited() {
		return true;
	}

	/**
	 * Whether the lane's limit of the run time applies.
	 */
	boolean runLimited() {
		return true;
	}

	final boolean enterQueue() {
		this.queuedAt = System.nanoTime();
		return PHASE.compareAndSet(this, TaskPhase.NEW, TaskPhase.WAITING);
	}

	final boolean waiting() {
		return this.phase == TaskPhase.WAITING;
	}

	final long queuedAt() {
		return this.queuedAt;
	}

	/**
	 * Remembers how to take the task out of a scheduler again.
	 */
	final void handle(Disposable handle) {
		this.handle = handle;
		if (this.phase == TaskPhase.DROPPED) {
			handle.dispose();
		}
	}

	/**
	 * Refuses the task before it ever waited.
	 */
	final void refuse(BridgeException reason) {
		if (PHASE.compareAndSet(this, TaskPhase.NEW, TaskPhase.DROPPED)) {
			neverRan();
			this.context.run(() -> failed(reason));
		}
	}

	final void runInPlace() {
		if (enterAsGuest()) {
			run();
		}
		else {
			this.engine.dropped(this, Departure.CANCELLED, true);
		}
	}

	/**
	 * Waits for a thread that is occupied already, and so takes no place of the lane's.
	 */
	final boolean enterAsGuest() {
		this.inPlace = true;
		return enterQueue();
	}

	final boolean guest() {
		return this.inPlace;
	}

	final boolean orphaned() {
		return this.phase.orphaned();
	}

	@Override
	public final void run() {
		if (!PHASE.compareAndSet(this, TaskPhase.WAITING, TaskPhase.RUNNING)) {
			return;
		}
		this.runner = Thread.currentThread();
		long now = System.nanoTime();
		// Zero means not started; nanoTime itself may be anything.
		this.startedAt = (now != 0) ? now : 1;
		this.engine.started(this, now - this.queuedAt, this.inPlace);
		LanePosition position = LanePosition.enter(this.engine, this.key);
		try {
			if (this.context == CallContext.NONE) {
				execute(position);
			}
			else {
				this.context.run(() -> execute(position));
			}
		}
		catch (Throwable ex) {
			afterFailure(position, ex);
		}
		finally {
			position.leave();
			this.engine.left(this.inPlace);
		}
	}

	private void afterFailure(LanePosition position, Throwable failure) {
		if (this.settled) {
			logger.error("A subscriber of lane '{}' threw on receiving its result", this.engine.name(), failure);
			return;
		}
		this.error = failure;
		try {
			settle(position);
		}
		catch (Throwable ex) {
			logger.error("A subscriber of lane '{}' threw on receiving an error", this.engine.name(), ex);
		}
	}

	private void execute(LanePosition position) {
		try {
			this.value = call();
		}
		catch (Throwable ex) {
			this.error = ex;
		}
		settle(position);
	}

	private void settle(LanePosition position) {
		this.settled = true;
		boolean wanted = PHASE.compareAndSet(this, TaskPhase.RUNNING, TaskPhase.FINISHED);
		boolean interrupted = !wanted && awaitInterrupt();
		if (interrupted || !this.inPlace) {
			// Neither a late interrupt nor one the code left behind reaches what runs
			// here next.
			Thread.interrupted();
		}
		position.emitting = true;
		this.engine.ended(this, System.nanoTime() - this.startedAt, this.inPlace, wanted, this.error);
		if (!wanted) {
			unwanted(this.value, this.error);
		}
		else if (this.error != null) {
			failed(this.error);
		}
		else {
			succeeded(this.value);
		}
	}

	private boolean awaitInterrupt() {
		while (this.phase == TaskPhase.INTERRUPTING) {
			Thread.onSpinWait();
		}
		return this.phase == TaskPhase.INTERRUPTED;
	}

	/**
	 * Parts the task from its subscriber, unless its outcome is already on the way.
	 * @return whether this call did it
	 */
	final boolean leave(Departure why) {
		if (PHASE.compareAndSet(this, TaskPhase.NEW, TaskPhase.DROPPED)) {
			neverRan();
			return true;
		}
		if (why != Departure.RUN_TIMEOUT && PHASE.compareAndSet(this, TaskPhase.WAITING, TaskPhase.DROPPED)) {
			Disposable handle = this.handle;
			if (handle != null) {
				handle.dispose();
			}
			this.engine.dropped(this, why, this.inPlace);
			neverRan();
			return true;
		}
		if (why == Departure.QUEUE_TIMEOUT || why == Departure.REJECTED) {
			return false;
		}
		if (why == Departure.CLOSED || this.engine.onCancel() == OnCancel.INTERRUPT) {
			return interrupt(why);
		}
		if (PHASE.compareAndSet(this, TaskPhase.RUNNING, TaskPhase.ORPHANED)) {
			this.engine.orphaned(why, true);
			return true;
		}
		return false;
	}

	private boolean interrupt(Departure why) {
		if (!PHASE.compareAndSet(this, TaskPhase.RUNNING, TaskPhase.INTERRUPTING)) {
			return false;
		}
		this.engine.orphaned(why, false);
		interruptRunner();
		return true;
	}

	/**
	 * Parts the task from its subscriber and tells it why.
	 */
	final void expel(Departure why, Throwable reason) {
		if (leave(why)) {
			this.engine.tell(() -> this.context.run(() -> failed(reason)));
		}
	}

	/**
	 * Interrupts code that nobody waits for any more; used when the lane closes.
	 */
	final void hurry() {
		if (PHASE.compareAndSet(this, TaskPhase.ORPHANED, TaskPhase.INTERRUPTING)) {
			interruptRunner();
		}
	}

	private void interruptRunner() {
		Thread runner = this.runner;
		while (runner == null) {
			// It is between two instructions of run().
			Thread.onSpinWait();
			runner = this.runner;
		}
		runner.interrupt();
		this.phase = TaskPhase.INTERRUPTED;
	}

	final void checkTime(long now, @Nullable Duration queueTimeout, @Nullable Duration runTimeout) {
		TaskPhase phase = this.phase;
		if (phase == TaskPhase.WAITING && waitLimited() && queueTimeout != null
				&& now - this.queuedAt > queueTimeout.toNanos()) {
			expel(Departure.QUEUE_TIMEOUT,
					new LaneTimeoutException(this.engine.name(), LaneTimeoutException.Phase.QUEUE, queueTimeout));
		}
		long started = this.startedAt;
		if (phase == TaskPhase.RUNNING && runLimited() && started != 0 && runTimeout != null
				&& now - started > runTimeout.toNanos()) {
			expel(Departure.RUN_TIMEOUT,
					new LaneTimeoutException(this.engine.name(), LaneTimeoutException.Phase.RUN, runTimeout));
		}
	}

}
