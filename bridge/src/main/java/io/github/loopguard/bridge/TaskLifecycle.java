package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * The phases of a task, and who may move it from one to another. Of all that meet in a
 * phase (a result, a timeout, a cancellation, a shutdown) exactly one moves it on; the
 * others are told that they came too late. Knows neither the lane nor the subscriber.
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

	/**
	 * Drops the task before it ever waited.
	 */
	final boolean dropUnqueued() {
		return move(TaskPhase.NEW, TaskPhase.DROPPED);
	}

	final boolean dropQueued() {
		return move(TaskPhase.WAITING, TaskPhase.DROPPED);
	}

	/**
	 * Begins to run on the current thread.
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

	/**
	 * Ends with an outcome that somebody waits for.
	 */
	final boolean finish() {
		return move(TaskPhase.RUNNING, TaskPhase.FINISHED);
	}

	/**
	 * Leaves the code running without anybody who waits for it.
	 */
	final boolean orphan() {
		return move(TaskPhase.RUNNING, TaskPhase.ORPHANED);
	}

	/**
	 * Makes sure that nobody but the caller interrupts the code, which it must do next by
	 * {@link #interruptRunner()}.
	 */
	final boolean claimInterrupt() {
		return move(TaskPhase.RUNNING, TaskPhase.INTERRUPTING);
	}

	/**
	 * Interrupts code that was abandoned; used when the lane closes.
	 */
	final void hurry() {
		if (move(TaskPhase.ORPHANED, TaskPhase.INTERRUPTING)) {
			interruptRunner();
		}
	}

	final void interruptRunner() {
		Thread runner = this.runner;
		while (runner == null) {
			// It is between two instructions of begin().
			Thread.onSpinWait();
			runner = this.runner;
		}
		runner.interrupt();
		this.phase = TaskPhase.INTERRUPTED;
	}

	/**
	 * Waits until an interrupt that is under way has reached this thread.
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

	final boolean dropped() {
		return this.phase == TaskPhase.DROPPED;
	}

	final boolean orphaned() {
		return this.phase.orphaned();
	}

	/**
	 * Returns how many nanoseconds the task has been waiting by now.
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
