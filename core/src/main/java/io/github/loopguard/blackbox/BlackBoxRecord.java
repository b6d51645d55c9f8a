package io.github.loopguard.blackbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a black box records.
 *
 * @since 0.2
 */
public sealed interface BlackBoxRecord {

	/**
	 * Returns when it was recorded.
	 * @return the time
	 */
	Instant at();

	/**
	 * How an event loop was doing.
	 *
	 * @param at when it was recorded
	 * @param loop name of the loop's thread
	 * @param threadId identifier of the loop's thread
	 * @param state what the loop did: idle, busy or stalled
	 * @param utilization share of the time for which it was not idle, from 0 to 1
	 * @param pending tasks that waited in its queue, or {@code null} if unknown
	 * @param turnsOverThreshold number of turns that took too long
	 * @param stopped number of times it was stopped with the whole JVM
	 * @param longestDelay longest time for which work had to wait for the loop
	 */
	record LoopSeen(Instant at, String loop, long threadId, String state, double utilization, @Nullable Integer pending,
			long turnsOverThreshold, long stopped, Duration longestDelay) implements BlackBoxRecord {
	}

	/**
	 * A turn of an event loop that took too long. Recorded while it lasts and when it is
	 * over.
	 *
	 * @param at when it was recorded
	 * @param number number of the stall, the same while it lasts
	 * @param loop name of the loop's thread
	 * @param threadId identifier of the loop's thread
	 * @param duration how long it had lasted so far, or how long it took
	 * @param over whether it was over
	 * @param cause what held the loop: busy, blocked, native or starved
	 * @param blockedOn class of the lock or monitor that it waited for, or {@code null}
	 * @param heldBy name of the thread that held it, or {@code null}
	 * @param place where it was seen, or {@code null} if unknown
	 * @param violation identifier of the violation, or {@code null} if it was none so far
	 * @param stack the frames, from the innermost one outwards; empty if the stack is the
	 * same as before
	 * @param omitted number of frames that were left out of the stack
	 */
	record StallSeen(Instant at, long number, String loop, long threadId, Duration duration, boolean over, String cause,
			@Nullable String blockedOn, @Nullable String heldBy, @Nullable String place, @Nullable String violation,
			List<String> stack, int omitted) implements BlackBoxRecord {
	}

	/**
	 * A new violation.
	 *
	 * @param at when it was recorded
	 * @param id identifier of the violation
	 * @param rule identifier of the rule
	 * @param api documented API that was called
	 * @param origin whose code made the call
	 * @param action action in force
	 * @param detectors names of the detectors that reported it
	 * @param place the application's frame, else that of the code that made the call, or
	 * {@code null} if unknown
	 * @param threads names of event loops
	 * @param route route of a request it happened in, or {@code null} if unknown
	 * @param traceId trace of such a request, or {@code null} if unknown
	 * @param fix what to do instead
	 */
	record ViolationSeen(Instant at, String id, String rule, String api, String origin, String action,
			List<String> detectors, @Nullable String place, List<String> threads, @Nullable String route,
			@Nullable String traceId, String fix) implements BlackBoxRecord {
	}

	/**
	 * The whole JVM stood still.
	 *
	 * @param at when it was noticed
	 * @param count how often it has stood still since its start
	 * @param total for how long
	 */
	record StoppedSeen(Instant at, long count, Duration total) implements BlackBoxRecord {
	}

	/**
	 * Violations that came faster than they could be recorded.
	 *
	 * @param at when it was noticed
	 * @param count how many were left out since the start
	 */
	record ViolationsDropped(Instant at, long count) implements BlackBoxRecord {
	}

}
