package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

/**
 * One piece of blocking work on its way through a lane. Whoever moves it out of a phase,
 * and nobody else, tells the subscriber.
 *
 * @param <T> type of the result
 */
abstract class LaneTask<T> extends TaskLifecycle implements Runnable, Callable<@Nullable T> {

	private static final Logger logger = LoggerFactory.getLogger(LaneTask.class);

	final LaneEngine engine;

	final @Nullable Object key;

	private final CallContext context;

	private @Nullable T value;

	private @Nullable Throwable error;

	private boolean settled;

	private boolean inPlace;

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

	/**
	 * Remembers how to take the task out of a scheduler again.
	 */
	final void handle(Disposable handle) {
		this.handle = handle;
		if (dropped()) {
			handle.dispose();
		}
	}

	/**
	 * Refuses the task before it ever waited.
	 */
	final void refuse(BridgeException reason) {
		if (dropUnqueued()) {
			neverRan();
			this.context.run(() -> failed(reason));
		}
	}

	final void runInPlace() {
		if (enterAsGuest()) {
			run();
		}
		else {
			this.engine.dropped(this, CancelReason.CANCELLED, true);
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

	@Override
	public final void run() {
		if (!begin()) {
			return;
		}
		this.engine.started(this, waited(), this.inPlace);
		CurrentCall position = CurrentCall.enter(this.engine, this.key);
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

	private void afterFailure(CurrentCall position, Throwable failure) {
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

	private void execute(CurrentCall position) {
		try {
			this.value = call();
		}
		catch (Throwable ex) {
			this.error = ex;
		}
		settle(position);
	}

	private void settle(CurrentCall position) {
		this.settled = true;
		boolean wanted = finish();
		boolean interrupted = !wanted && awaitInterrupt();
		if (interrupted || !this.inPlace) {
			// Neither a late interrupt nor one the code left behind reaches what runs
			// here next.
			Thread.interrupted();
		}
		position.emitting = true;
		this.engine.ended(this, runningFor(System.nanoTime()), this.inPlace, wanted, this.error);
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

	/**
	 * Parts the task from its subscriber, unless its outcome is already on the way.
	 * @return whether this call did it
	 */
	final boolean leave(CancelReason why) {
		if (dropUnqueued()) {
			neverRan();
			return true;
		}
		if (why != CancelReason.RUN_TIMEOUT && dropQueued()) {
			Disposable handle = this.handle;
			if (handle != null) {
				handle.dispose();
			}
			this.engine.dropped(this, why, this.inPlace);
			neverRan();
			return true;
		}
		return switch (why) {
			case QUEUE_TIMEOUT, REJECTED -> false;
			case CLOSED -> interrupt(why);
			case CANCELLED, RUN_TIMEOUT ->
				(this.engine.onCancel() == OnCancel.INTERRUPT) ? interrupt(why) : abandon(why);
		};
	}

	private boolean abandon(CancelReason why) {
		if (!orphan()) {
			return false;
		}
		this.engine.orphaned(why, true);
		return true;
	}

	private boolean interrupt(CancelReason why) {
		if (!claimInterrupt()) {
			return false;
		}
		this.engine.orphaned(why, false);
		interruptRunner();
		return true;
	}

	/**
	 * Parts the task from its subscriber and tells it why.
	 */
	final void expel(CancelReason why, Throwable reason) {
		if (leave(why)) {
			this.engine.tell(() -> this.context.run(() -> failed(reason)));
		}
	}

	final void checkTime(long now, @Nullable Duration queueTimeout, @Nullable Duration runTimeout) {
		if (queueTimeout != null && waitLimited() && waitsLongerThan(queueTimeout, now)) {
			expel(CancelReason.QUEUE_TIMEOUT,
					new LaneTimeoutException(this.engine.name(), LaneTimeoutException.Phase.QUEUE, queueTimeout));
		}
		if (runTimeout != null && runLimited() && runsLongerThan(runTimeout, now)) {
			expel(CancelReason.RUN_TIMEOUT,
					new LaneTimeoutException(this.engine.name(), LaneTimeoutException.Phase.RUN, runTimeout));
		}
	}

}
