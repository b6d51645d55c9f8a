package io.github.loopguard.bridge.engine;

import java.time.Duration;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.bridge.BridgeException;
import io.github.loopguard.bridge.LaneTimeoutException;
import io.github.loopguard.bridge.OnCancel;
import io.github.loopguard.bridge.engine.context.CallContext;

/**
 * A piece of blocking work that runs in a lane. Only the thread that changes the task's
 * phase signals the subscriber.
 */
public abstract class LaneTask<T> extends TaskLifecycle implements Runnable, Callable<@Nullable T> {

	private static final Logger logger = LoggerFactory.getLogger(LaneTask.class);

	protected final LaneEngine engine;

	protected final @Nullable Object key;

	protected final CallContext context;

	private @Nullable T value;

	private @Nullable Throwable error;

	private boolean settled;

	private boolean inPlace;

	private volatile @Nullable Disposable handle;

	protected LaneTask(LaneEngine engine, @Nullable Object key, CallContext context) {
		this.engine = engine;
		this.key = key;
		this.context = context;
	}

	/**
	 * Handles the result, on the thread that ran the code.
	 */
	protected void succeeded(@Nullable T value) {
	}

	/**
	 * Handles an error: of the code, or why it did not run.
	 */
	protected abstract void failed(Throwable error);

	/**
	 * Handles, on the thread that ran the code, an outcome that has no subscriber any
	 * more.
	 */
	protected void discarded(@Nullable T value, @Nullable Throwable error) {
	}

	/**
	 * Handles, on the thread that dropped the task, that the task will not run.
	 */
	protected void dropped() {
	}

	/**
	 * Returns whether the lane's queue timeout applies.
	 */
	protected boolean queueLimited() {
		return true;
	}

	/**
	 * Returns whether the task runs even if the lane is closed, because it releases
	 * something.
	 */
	protected boolean survivesClose() {
		return false;
	}

	/**
	 * Returns whether the lane's run timeout applies.
	 */
	protected boolean runLimited() {
		return true;
	}

	/**
	 * Sets the handle that removes the task from its scheduler.
	 */
	final void scheduled(Disposable handle) {
		this.handle = handle;
		if (isDropped()) {
			handle.dispose();
		}
	}

	/**
	 * Rejects the task before it is queued.
	 */
	public final void reject(BridgeException reason) {
		if (dropUnqueued()) {
			dropped();
			this.context.run(() -> failed(reason));
		}
	}

	public final void runInPlace() {
		if (enterQueueInPlace()) {
			run();
		}
		else {
			this.engine.dropped(this, CancelReason.CANCELLED, true);
		}
	}

	/**
	 * Queues the task for a thread that has a permit already.
	 */
	public final boolean enterQueueInPlace() {
		this.inPlace = true;
		return enterQueue();
	}

	/**
	 * Returns whether the task runs on a thread that has a permit already.
	 */
	public final boolean inPlace() {
		return this.inPlace;
	}

	@Override
	public final void run() {
		if (!begin()) {
			return;
		}
		this.engine.started(this, waited(), this.inPlace);
		CurrentCall call = CurrentCall.enter(this.engine, this.key);
		try {
			if (this.context == CallContext.NONE) {
				execute(call);
			}
			else {
				this.context.run(() -> execute(call));
			}
		}
		catch (Throwable ex) {
			afterFailure(call, ex);
		}
		finally {
			call.leave();
			if (!this.inPlace) {
				// The thread's next task must not see an interrupt that a subscriber set.
				Thread.interrupted();
			}
			this.engine.emitted(this.inPlace);
		}
	}

	private void afterFailure(CurrentCall call, Throwable failure) {
		if (this.settled) {
			logger.error("A subscriber of lane '{}' threw on receiving its result", this.engine.name(), failure);
			return;
		}
		this.error = failure;
		try {
			settle(call);
		}
		catch (Throwable ex) {
			logger.error("A subscriber of lane '{}' threw on receiving an error", this.engine.name(), ex);
		}
	}

	private void execute(CurrentCall call) {
		try {
			this.value = call();
		}
		catch (Throwable ex) {
			this.error = ex;
		}
		settle(call);
	}

	private void settle(CurrentCall call) {
		this.settled = true;
		boolean delivered = finish();
		boolean interrupted = !delivered && awaitInterrupt();
		if (interrupted || !this.inPlace) {
			// The thread's next task must not see an interrupt of this one.
			Thread.interrupted();
		}
		call.emitting = true;
		this.engine.ended(this, runningFor(System.nanoTime()), this.inPlace, delivered, this.error);
		if (!delivered) {
			discarded(this.value, this.error);
		}
		else if (this.error != null) {
			failed(this.error);
		}
		else {
			succeeded(this.value);
		}
	}

	/**
	 * Cancels the task without a signal to its subscriber.
	 * @return whether it is cancelled; {@code false} if it has ended or was cancelled
	 * before
	 */
	public final boolean cancel(CancelReason reason) {
		if (dropUnqueued()) {
			dropped();
			return true;
		}
		if (reason != CancelReason.RUN_TIMEOUT && dropQueued()) {
			Disposable handle = this.handle;
			if (handle != null) {
				handle.dispose();
			}
			this.engine.dropped(this, reason, this.inPlace);
			dropped();
			return true;
		}
		return switch (reason) {
			case QUEUE_TIMEOUT, REJECTED -> false;
			case CLOSED -> interrupt(reason);
			case CANCELLED, RUN_TIMEOUT ->
				(this.engine.onCancel() == OnCancel.INTERRUPT) ? interrupt(reason) : detach(reason, true);
		};
	}

	private boolean detach(CancelReason reason, boolean abandoned) {
		if (!detach()) {
			return false;
		}
		this.engine.detached(reason, abandoned);
		return true;
	}

	private boolean interrupt(CancelReason reason) {
		if (isRunByCurrentThread()) {
			// Its own subscriber cancels while it receives: the code has not to be
			// stopped.
			return detach(reason, false);
		}
		if (!claimInterrupt()) {
			return false;
		}
		this.engine.detached(reason, false);
		interruptRunner();
		return true;
	}

	/**
	 * Cancels the task and signals the error to its subscriber.
	 */
	public final void cancel(CancelReason reason, Throwable error) {
		if (cancel(reason)) {
			signal(() -> this.context.run(() -> failed(error)));
		}
	}

	/**
	 * Signals the subscriber without occupying the thread that checks timeouts.
	 */
	private static void signal(Runnable signal) {
		try {
			Schedulers.parallel().schedule(signal);
		}
		catch (RuntimeException ex) {
			signal.run();
		}
	}

	final void checkTimeouts(long now, @Nullable Duration queueTimeout, @Nullable Duration runTimeout) {
		if (queueTimeout != null && queueLimited() && waitsLongerThan(queueTimeout, now)) {
			cancel(CancelReason.QUEUE_TIMEOUT,
					new LaneTimeoutException(this.engine.name(), LaneTimeoutException.Phase.QUEUE, queueTimeout));
		}
		if (runTimeout != null && runLimited() && runsLongerThan(runTimeout, now)) {
			cancel(CancelReason.RUN_TIMEOUT,
					new LaneTimeoutException(this.engine.name(), LaneTimeoutException.Phase.RUN, runTimeout));
		}
	}

}
