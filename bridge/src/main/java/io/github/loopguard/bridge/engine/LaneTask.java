package io.github.loopguard.bridge.engine;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.bridge.BridgeException;
import io.github.loopguard.bridge.LaneTimeoutException;
import io.github.loopguard.bridge.LaneTimeoutException.Phase;
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

	protected final @Nullable TimeLimit limit;

	/**
	 * Hash code: to make one for the identity of an object takes longer.
	 */
	private final int hash = ThreadLocalRandom.current().nextInt();

	private @Nullable T value;

	private @Nullable Throwable error;

	private volatile TaskKind kind;

	private boolean settled;

	private boolean inPlace;

	private volatile @Nullable Disposable place;

	private LaneTimeline.@Nullable Span span;

	/**
	 * Creates a task.
	 * @param limit when it does not begin any more, however late the timer is that ends
	 * it
	 */
	protected LaneTask(TaskKind kind, LaneEngine engine, @Nullable Object key, CallContext context,
			@Nullable TimeLimit limit) {
		this.kind = kind;
		this.engine = engine;
		this.key = key;
		this.context = context;
		this.limit = limit;
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
	 * more. An error of code that was interrupted is expected and not passed.
	 */
	protected void discarded(@Nullable T value, @Nullable Throwable error) {
	}

	/**
	 * Handles, on the thread that dropped the task, that the task will not run.
	 */
	protected void dropped() {
	}

	/**
	 * Returns whether the task ends when its lane closes.
	 */
	final boolean endsWithLane() {
		return this.kind.limited() || this.kind != TaskKind.RELEASE && !waiting();
	}

	/**
	 * Returns whether the task runs even if its lane is full or closed.
	 */
	final boolean reserved() {
		return this.kind.reserved();
	}

	/**
	 * Exempts the rest of the task from timeouts.
	 */
	protected final void withoutTimeout() {
		this.kind = TaskKind.UNLIMITED;
	}

	protected final boolean runsOnCurrentThread() {
		return isRunning() && isRunByCurrentThread();
	}

	/**
	 * Sets what takes the task out of its thread's queue.
	 */
	final void dispatched(Disposable place) {
		this.place = place;
		if (!waiting()) {
			leavePlace();
		}
	}

	/**
	 * Leaves the queue without having run from there.
	 */
	private void leavePlace() {
		Disposable place = this.place;
		if (place != null && (this.inPlace || isDropped())) {
			place.dispose();
		}
	}

	/**
	 * Rejects the task before it is queued.
	 */
	public final void reject(BridgeException reason) {
		if (dropUnqueued()) {
			dropped();
			failInContext(reason);
		}
	}

	public final void runInPlace() {
		if (enterQueueInPlace()) {
			run();
		}
		else {
			this.engine.dropped(this, CancelReason.CANCELLED);
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
		dropIfPassed();
		if (begin()) {
			runBegun(false);
		}
	}

	/**
	 * Runs the task on the current thread, which has a permit and would wait for the
	 * task, if the task still waits for a thread of its own.
	 * @return whether it has run
	 */
	final boolean takeOver() {
		awaitQueued();
		dropIfPassed();
		if (!begin()) {
			return false;
		}
		this.inPlace = true;
		leavePlace();
		runBegun(true);
		return true;
	}

	private void dropIfPassed() {
		TimeLimit limit = this.limit;
		if (limit != null && limit.passed()) {
			cancel(CancelReason.QUEUE_TIMEOUT, limit.error(Phase.QUEUE));
		}
	}

	/**
	 * Runs the code. Whatever fails on the way to it is the outcome of the task.
	 */
	private void runBegun(boolean takenOver) {
		CurrentCall call = null;
		try {
			this.span = LaneTimeline.begin();
			if (takenOver) {
				this.engine.admission.takenOver(waited(), startedAt());
			}
			else {
				this.engine.started(this);
			}
			CurrentCall entered = CurrentCall.enter(this);
			call = entered;
			this.context.run(() -> execute(entered));
		}
		catch (Throwable ex) {
			afterFailure(call, ex);
		}
		finally {
			if (call != null) {
				call.leave();
			}
			clearInterrupt();
		}
	}

	/**
	 * Clears an interrupt that a subscriber set, so that neither the thread's next task
	 * nor the rest of this one sees it.
	 */
	private void clearInterrupt() {
		if (!this.inPlace) {
			Thread.interrupted();
		}
	}

	/**
	 * Returns from the subscriber to the code.
	 */
	final void emitted() {
		clearInterrupt();
		endEmission();
	}

	/**
	 * Returns from protected code to other code of the task, which an interrupt that came
	 * meanwhile is for.
	 */
	final void unprotected() {
		if (unprotect() && this.engine.limits().onCancel() == OnCancel.INTERRUPT) {
			Thread.currentThread().interrupt();
		}
	}

	private void afterFailure(@Nullable CurrentCall call, Throwable failure) {
		Throwable thrown = failure;
		if (!this.settled) {
			this.error = failure;
			try {
				settle(call);
				return;
			}
			catch (Throwable ex) {
				thrown = ex;
			}
		}
		SafeLog.error(logger, "A subscriber of lane '{}' threw on receiving its result", this.engine.name(), thrown);
	}

	private void execute(CurrentCall call) {
		try {
			this.value = detached() ? null : call();
		}
		catch (Throwable ex) {
			this.error = ex;
		}
		settle(call);
	}

	private void settle(@Nullable CurrentCall call) {
		this.settled = true;
		boolean delivered = finish();
		boolean interrupted = !delivered && interruptedBefore();
		if (interrupted || !this.inPlace) {
			// The thread's next task must not see an interrupt of this one.
			Thread.interrupted();
		}
		if (call != null) {
			call.codeEnded();
		}
		LaneTimeline.end(this.span, this, delivered, this.error);
		this.engine.ended(this, delivered, this.error);
		if (!delivered) {
			discard(interrupted);
		}
		else if (this.error != null) {
			failed(this.error);
		}
		else {
			succeeded(this.value);
		}
	}

	/**
	 * Lets no interrupt come any more.
	 * @return whether there was one
	 */
	private boolean interruptedBefore() {
		return !protect() && awaitInterrupt();
	}

	/**
	 * Lets the rest of the code see no interrupt of this task.
	 */
	protected final void shield() {
		if (interruptedBefore() || !this.inPlace) {
			Thread.interrupted();
		}
	}

	private void discard(boolean interrupted) {
		if (interrupted && this.error != null) {
			logger.debug("A call that lane '{}' interrupted failed", this.engine.name(), this.error);
		}
		discarded(this.value, interrupted ? null : this.error);
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
			leavePlace();
			this.engine.dropped(this, reason);
			dropped();
			return true;
		}
		return reason != CancelReason.QUEUE_TIMEOUT && reason != CancelReason.REJECTED && detach(reason);
	}

	private boolean detach(CancelReason reason) {
		boolean interrupt = reason == CancelReason.CLOSED || this.engine.limits().onCancel() == OnCancel.INTERRUPT;
		TaskPhase detached = detach(interrupt);
		if (detached == null) {
			return false;
		}
		this.engine.admission.detached(reason, !interrupt);
		if (detached == TaskPhase.INTERRUPTING) {
			interruptRunner();
		}
		return true;
	}

	/**
	 * Cancels the task and signals the error to its subscriber.
	 */
	public final boolean cancel(CancelReason reason, Throwable error) {
		// Nothing is allocated between the cancel and its signal, which would be lost.
		Runnable signal = () -> failInContext(error);
		boolean cancelled = cancel(reason);
		if (cancelled) {
			signal(signal);
		}
		return cancelled;
	}

	/**
	 * Signals the subscriber in its context, or without it where that cannot be entered.
	 */
	private void failInContext(Throwable error) {
		boolean[] entered = new boolean[1];
		try {
			this.context.run(() -> {
				entered[0] = true;
				failed(error);
			});
		}
		catch (RuntimeException | Error ex) {
			if (entered[0]) {
				throw ex;
			}
			failed(error);
		}
	}

	/**
	 * Signals the subscriber without occupying the thread that checks timeouts.
	 */
	private static void signal(Runnable signal) {
		try {
			Schedulers.parallel().schedule(signal);
		}
		catch (RuntimeException | Error ex) {
			signal.run();
		}
	}

	final void checkTimeouts(long now) {
		Duration queueTimeout = this.engine.limits().queueTimeout();
		Duration runTimeout = this.engine.limits().runTimeout();
		if (queueTimeout != null && this.kind == TaskKind.CALL && waiting()
				&& waitingFor(now) > queueTimeout.toNanos()) {
			cancel(CancelReason.QUEUE_TIMEOUT,
					new LaneTimeoutException(this.engine.name(), Phase.QUEUE, queueTimeout, null));
		}
		if (runTimeout != null && this.kind.limited() && runsLongerThan(runTimeout, now)) {
			cancel(CancelReason.RUN_TIMEOUT, new LaneTimeoutException(this.engine.name(), Phase.RUN, runTimeout, null));
		}
	}

	/**
	 * Cancels the task because its subscriber's time is over.
	 */
	public final boolean expire(TimeLimit limit) {
		return cancel(CancelReason.QUEUE_TIMEOUT, limit.error(Phase.QUEUE))
				|| cancel(CancelReason.RUN_TIMEOUT, limit.error(Phase.RUN));
	}

	@Override
	public final int hashCode() {
		return this.hash;
	}

}
