package io.github.loopguard.detect.loop;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How one event loop is doing.
 *
 * @param name name of its thread
 * @param group name that the threads of its group share
 * @param threadId identifier of its thread
 * @param state whether it is idle, busy or stalled
 * @param delay how long work had to wait for the loop
 * @param utilization share of the time for which it has not been idle lately, from 0 to 1
 * @param turnsOverThreshold number of turns that took too long
 * @param pending tasks that wait in its queue, or {@code null} if unknown
 * @param stopped number of times it was stopped with the whole JVM
 * @param longest its longest turn, or {@code null} if none took too long
 * @since 0.2
 */
public record LoopState(String name, String group, long threadId, State state, Delay delay, double utilization,
		long turnsOverThreshold, @Nullable Integer pending, long stopped, @Nullable Turn longest) {

	/**
	 * What an event loop does.
	 */
	public enum State {

		/** It waits for work. */
		IDLE,

		/** It works. */
		BUSY,

		/** Its turn takes too long. */
		STALLED

	}

	/**
	 * What holds an event loop.
	 */
	public enum Cause {

		/** It computes. */
		BUSY,

		/** It waits for a lock, a monitor or another thread. */
		BLOCKED,

		/** It waits in native code, which includes input and output. */
		NATIVE,

		/** It could go on and gets no CPU, which is nobody's violation. */
		STARVED

	}

	/**
	 * How long work had to wait for an event loop, estimated from outside.
	 *
	 * @param count number of looks at the loop
	 * @param total sum over all looks
	 * @param p50 median
	 * @param p99 99th percentile
	 * @param max longest
	 */
	public record Delay(long count, Duration total, Duration p50, Duration p99, Duration max) {
	}

	/**
	 * A turn that took too long.
	 *
	 * @param duration how long it took
	 * @param cause what held the loop
	 * @param blockedOn class of the lock or monitor that it waited for, or {@code null}
	 * @param heldBy name of the thread that held it, or {@code null} if unknown
	 * @param violation identifier of the violation, or {@code null} if it is none
	 */
	public record Turn(Duration duration, Cause cause, @Nullable String blockedOn, @Nullable String heldBy,
			@Nullable String violation) {
	}

	/**
	 * An event loop whose turn takes too long and is not over.
	 *
	 * @param loop name of its thread
	 * @param duration how long the turn has taken so far
	 * @param at where it is: in the application's code, if that is on its stack, or
	 * {@code null} if unknown
	 * @param violation identifier of the violation, or {@code null} if it is none so far
	 */
	public record Stuck(String loop, Duration duration, @Nullable StackTraceElement at, @Nullable String violation) {
	}

}
