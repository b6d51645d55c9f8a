package io.github.loopguard.detect.loop;

import java.lang.Thread.State;
import java.lang.management.LockInfo;
import java.lang.management.ThreadInfo;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.loop.LoopState.Cause;
import io.github.loopguard.detect.thread.IdleStack;

/**
 * What one event loop was seen to do.
 *
 * @param frames its stack, from the innermost frame outwards
 * @param state state of its thread
 * @param blockedOn class of the lock or monitor that it waits for, or {@code null}
 * @param heldBy name of the thread that holds it, or {@code null} if unknown
 * @param suspended whether a debugger holds it
 * @param runnable whether it is in native code and waits there for nothing but a CPU
 */
record Sample(List<StackTraceElement> frames, State state, @Nullable String blockedOn, @Nullable String heldBy,
		boolean suspended, boolean runnable) {

	static Sample of(ThreadInfo info, StackTraceElement[] frames) {
		LockInfo lock = info.getLockInfo();
		return new Sample(List.of(frames), info.getThreadState(), (lock != null) ? lock.getClassName() : null,
				info.getLockOwnerName(), info.isSuspended(), false);
	}

	/**
	 * Returns the same of a loop that waits for nothing but a CPU.
	 */
	Sample asRunnable() {
		return new Sample(this.frames, this.state, this.blockedOn, this.heldBy, this.suspended, true);
	}

	/**
	 * Returns whether the loop is in native code and may wait there, for whatever it is.
	 */
	boolean isInNativeCode() {
		return this.state == State.RUNNABLE && !this.frames.isEmpty() && this.frames.get(0).isNativeMethod()
				&& !isIdle();
	}

	/**
	 * Returns whether the loop waits for work, or is between two pieces of it.
	 */
	boolean isIdle() {
		return IdleStack.isIdle(this.frames, this.state == State.WAITING || this.state == State.TIMED_WAITING);
	}

	/**
	 * Returns whether a loop of which only the name of its thread is known may wait for
	 * work: how it does that is not known, but it is nothing that the application does.
	 */
	boolean mayBeIdle(Predicate<String> application) {
		return isIdle() || (isWaiting() && outermost(application) < 0);
	}

	/**
	 * Returns whether the other sample was taken in the same turn, as far as stacks show:
	 * both are inside the same call of the application, or have most of their callers in
	 * common.
	 * @param earlier the other sample
	 * @param application matches the names of classes of the application
	 */
	boolean continues(Sample earlier, Predicate<String> application) {
		int shared = 0;
		int size = this.frames.size();
		int itsSize = earlier.frames.size();
		while (shared < Math.min(size, itsSize)
				&& isSame(this.frames.get(size - 1 - shared), earlier.frames.get(itsSize - 1 - shared))) {
			shared++;
		}
		int outermost = outermost(application);
		int itsOutermost = earlier.outermost(application);
		if (outermost >= 0 && itsOutermost >= 0) {
			return shared > outermost && outermost == itsOutermost;
		}
		int shorter = Math.min(size - IdleStack.outsideJdk(this.frames),
				itsSize - IdleStack.outsideJdk(earlier.frames));
		return shared >= shorter - Math.max(2, shorter / 4);
	}

	/**
	 * Returns whether the loop runs a task from its queue, rather than reads from
	 * connections.
	 */
	boolean isInTask() {
		return this.frames.stream().anyMatch((frame) -> frame.getMethodName().startsWith("runAllTasks"));
	}

	/**
	 * Returns why the loop does not go on.
	 * @param busy whether it used the CPU
	 */
	Cause cause(boolean busy) {
		if (this.state == State.BLOCKED || this.state == State.WAITING || this.state == State.TIMED_WAITING) {
			return Cause.BLOCKED;
		}
		return (!busy && !this.runnable && !this.frames.isEmpty() && this.frames.get(0).isNativeMethod()) ? Cause.NATIVE
				: Cause.BUSY;
	}

	/**
	 * Returns how far from the thread's first frame the application's first one is, or -1
	 * if there is none.
	 */
	private int outermost(Predicate<String> application) {
		for (int i = this.frames.size() - 1; i >= 0; i--) {
			if (application.test(this.frames.get(i).getClassName())) {
				return this.frames.size() - 1 - i;
			}
		}
		return -1;
	}

	private boolean isWaiting() {
		return this.state == State.WAITING || this.state == State.TIMED_WAITING
				|| this.frames.get(0).getClassName().startsWith("sun.nio.ch.");
	}

	private static boolean isSame(StackTraceElement one, StackTraceElement other) {
		return one.getMethodName().equals(other.getMethodName()) && one.getClassName().equals(other.getClassName());
	}

	static boolean isJdk(StackTraceElement frame) {
		return IdleStack.isJdk(frame);
	}

}
