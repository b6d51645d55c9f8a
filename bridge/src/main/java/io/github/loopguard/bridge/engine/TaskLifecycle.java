package io.github.loopguard.bridge.engine;

import java.time.Duration;
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

	private volatile TaskPhase phase = TaskPhase.NEW;

	private volatile long queuedAt;

	private volatile long startedAt;

	private volatile @Nullable Thread runner;

	private boolean move(TaskPhase from, TaskPhase to) {
		return PHASE.compareAndSet(this, from, to);
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
		this.runner = Thread.currentThread();
		long now = System.nanoTime();
		// Zero means not started; nanoTime itself may be anything.
		this.startedAt = (now != 0) ? now : 1;
		return true;
	}

	final boolean isRunByCurrentThread() {
		return this.runner == Thread.currentThread();
	}

	/**
	 * Ends with an outcome for the subscriber.
	 */
	final boolean finish() {
		return move(TaskPhase.RUNNING, TaskPhase.FINISHED);
	}

	/**
	 * Lets the code run on without a subscriber.
	 */
	final boolean detach() {
		return move(TaskPhase.RUNNING, TaskPhase.DETACHED);
	}

	/**
	 * Acquires the exclusive right to interrupt the code, which the caller must do next
	 * by {@link #interruptRunner()}.
	 */
	final boolean claimInterrupt() {
		return move(TaskPhase.RUNNING, TaskPhase.INTERRUPTING);
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

	final boolean isDropped() {
		return this.phase == TaskPhase.DROPPED;
	}

	/**
	 * Returns whether the code runs or has run without a subscriber.
	 */
	public final boolean detached() {
		return this.phase.detached();
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

	/**
	 * Returns how many nanoseconds ago the task began.
	 */
	final long runningFor(long now) {
		return now - this.startedAt;
	}

	final boolean waitsLongerThan(Duration limit, long now) {
		return waiting() && waitingFor(now) > limit.toNanos();
	}

	final boolean runsLongerThan(Duration limit, long now) {
		return this.phase == TaskPhase.RUNNING && this.startedAt != 0 && runningFor(now) > limit.toNanos();
	}

}
