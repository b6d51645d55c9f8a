package io.github.loopguard.bridge.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * The phases of a task and its transitions. Of all events that compete for a transition
 * (a result, a timeout, a cancellation, a shutdown) exactly one succeeds; the others
 * receive {@code false}. Independent of the lane and the subscriber.
 */
abstract class TaskLifecycle {

	private static final AtomicReferenceFieldUpdater<TaskLifecycle, TaskPhase> PHASE = AtomicReferenceFieldUpdater
		.newUpdater(TaskLifecycle.class, TaskPhase.class, "phase");

	private static final AtomicIntegerFieldUpdater<TaskLifecycle> REQUESTED = AtomicIntegerFieldUpdater
		.newUpdater(TaskLifecycle.class, "requested");

	private volatile TaskPhase phase = TaskPhase.NEW;

	private volatile int requested;

	private volatile long queuedAt;

	private volatile long startedAt;

	private long emissionAt;

	private boolean guarded;

	private volatile @Nullable Thread runner;

	private boolean move(TaskPhase from, TaskPhase to) {
		return PHASE.compareAndSet(this, from, to);
	}

	/**
	 * Returns whether this request is the first, for which the task is submitted.
	 */
	protected final boolean firstRequest() {
		return REQUESTED.compareAndSet(this, 0, 1);
	}

	final boolean enterQueue() {
		this.queuedAt = System.nanoTime();
		return move(TaskPhase.NEW, TaskPhase.WAITING);
	}

	final boolean dropUnqueued() {
		return move(TaskPhase.NEW, TaskPhase.DROPPED);
	}

	final boolean dropQueued() {
		return move(TaskPhase.WAITING, TaskPhase.DROPPED);
	}

	/**
	 * Starts to run on the current thread.
	 */
	final boolean begin() {
		if (!move(TaskPhase.WAITING, TaskPhase.RUNNING)) {
			return false;
		}
		this.startedAt = System.nanoTime();
		this.runner = Thread.currentThread();
		return true;
	}

	protected final boolean isRunByCurrentThread() {
		return this.runner == Thread.currentThread();
	}

	/**
	 * Ends with an outcome for the subscriber.
	 */
	final boolean finish() {
		return move(TaskPhase.RUNNING, TaskPhase.FINISHED) || move(TaskPhase.PROTECTED, TaskPhase.FINISHED);
	}

	/**
	 * Lets the code run on without a subscriber.
	 * @param interrupt whether to interrupt it unless it is protected, emits, or runs on
	 * the current thread
	 * @return the new phase, {@code null} if no code runs; if it is {@code INTERRUPTING}
	 * the caller, who alone has the right to, must do so next by
	 * {@link #interruptRunner()}
	 */
	final @Nullable TaskPhase detach(boolean interrupt) {
		TaskPhase unprotected = (interrupt && !isRunByCurrentThread()) ? TaskPhase.INTERRUPTING : TaskPhase.DETACHED;
		while (isRunning()) {
			if (move(TaskPhase.RUNNING, unprotected)) {
				return unprotected;
			}
			if (move(TaskPhase.PROTECTED, TaskPhase.SHIELDED) || move(TaskPhase.EMITTING, TaskPhase.SHIELDED)) {
				return TaskPhase.SHIELDED;
			}
		}
		return null;
	}

	/**
	 * Protects the code, on its thread, from interrupts, until {@link #unprotect}.
	 * @return whether there is still a subscriber
	 */
	final boolean protect() {
		this.guarded = true;
		while (true) {
			if (move(TaskPhase.RUNNING, TaskPhase.PROTECTED) || isRunning()) {
				return true;
			}
			if (move(TaskPhase.DETACHED, TaskPhase.SHIELDED) || this.phase == TaskPhase.SHIELDED || awaitInterrupt()) {
				return false;
			}
		}
	}

	/**
	 * Ends the protection.
	 * @return whether the code has lost its subscriber meanwhile
	 */
	final boolean unprotect() {
		this.guarded = false;
		return !move(TaskPhase.PROTECTED, TaskPhase.RUNNING) && move(TaskPhase.SHIELDED, TaskPhase.DETACHED);
	}

	/**
	 * Hands the thread from the code to the subscriber: it is not interrupted, and its
	 * time does not count, until {@link #endEmission}.
	 * @return whether there is still a subscriber
	 */
	final boolean beginEmission() {
		if (!move(TaskPhase.RUNNING, TaskPhase.EMITTING) && !move(TaskPhase.PROTECTED, TaskPhase.EMITTING)) {
			return false;
		}
		this.emissionAt = System.nanoTime();
		return true;
	}

	final void endEmission() {
		this.startedAt += System.nanoTime() - this.emissionAt;
		if (this.guarded) {
			move(TaskPhase.EMITTING, TaskPhase.PROTECTED);
		}
		else if (!move(TaskPhase.EMITTING, TaskPhase.RUNNING)) {
			move(TaskPhase.SHIELDED, TaskPhase.DETACHED);
		}
	}

	/**
	 * Interrupts code that runs without a subscriber; used when the lane closes.
	 */
	final void interruptDetached() {
		if (move(TaskPhase.DETACHED, TaskPhase.INTERRUPTING)) {
			interruptRunner();
		}
	}

	final void interruptRunner() {
		Thread runner = this.runner;
		while (runner == null) {
			// begin() sets it next.
			Thread.onSpinWait();
			runner = this.runner;
		}
		runner.interrupt();
		this.phase = TaskPhase.INTERRUPTED;
	}

	/**
	 * Waits for an interrupt that another thread has claimed.
	 * @return whether there was one
	 */
	final boolean awaitInterrupt() {
		while (this.phase == TaskPhase.INTERRUPTING) {
			Thread.onSpinWait();
		}
		return this.phase == TaskPhase.INTERRUPTED;
	}

	final boolean waiting() {
		return this.phase == TaskPhase.WAITING;
	}

	/**
	 * Waits until another thread, which is about to, has queued or dropped the task.
	 */
	final void awaitQueued() {
		while (this.phase == TaskPhase.NEW) {
			Thread.onSpinWait();
		}
	}

	final boolean isRunning() {
		TaskPhase phase = this.phase;
		return phase == TaskPhase.RUNNING || phase == TaskPhase.PROTECTED || phase == TaskPhase.EMITTING;
	}

	/**
	 * Returns whether the code has ended, or will never begin.
	 */
	public final boolean isOver() {
		TaskPhase phase = this.phase;
		return phase == TaskPhase.FINISHED || phase == TaskPhase.DROPPED;
	}

	public final boolean isDropped() {
		return this.phase == TaskPhase.DROPPED;
	}

	/**
	 * Returns whether the code runs or has run without a subscriber.
	 */
	public final boolean detached() {
		return this.phase.detached();
	}

	final long queuedAt() {
		return this.queuedAt;
	}

	/**
	 * Returns how many nanoseconds the task has waited until now.
	 */
	final long waitingFor(long now) {
		return now - this.queuedAt;
	}

	/**
	 * Returns how many nanoseconds the task waited before it began.
	 */
	final long waited() {
		return this.startedAt - this.queuedAt;
	}

	final long startedAt() {
		return this.startedAt;
	}

	/**
	 * Returns how many nanoseconds ago the task began.
	 */
	final long runningFor(long now) {
		return now - this.startedAt;
	}

	final boolean runsLongerThan(Duration limit, long now) {
		TaskPhase phase = this.phase;
		return (phase == TaskPhase.RUNNING || phase == TaskPhase.PROTECTED) && this.runner != null
				&& runningFor(now) > limit.toNanos();
	}

}
