package io.github.loopguard.detect.loop;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Frame;
import io.github.loopguard.detect.loop.LoopState.Cause;

/**
 * A turn of an event loop that takes too long, or that took too long and is over.
 *
 * @param number number of the stall, which grows from one to the next
 * @param loop name of the loop's thread
 * @param threadId identifier of the loop's thread
 * @param duration how long the turn has lasted so far, or how long it took
 * @param over whether the turn is over
 * @param cause what holds the loop
 * @param blockedOn class of the lock or monitor that it waits for, or {@code null}
 * @param heldBy name of the thread that holds it, or {@code null} if unknown
 * @param place where it was seen: the innermost frame of the application, else the first
 * one outside the JDK, or {@code null} if there is none
 * @param stack stack of the loop, from the innermost frame outwards
 * @param violation identifier of the violation, or {@code null} if it is none so far
 * @since 0.2
 */
public record LoopStall(long number, String loop, long threadId, Duration duration, boolean over, Cause cause,
		@Nullable String blockedOn, @Nullable String heldBy, @Nullable Frame place, List<StackTraceElement> stack,
		@Nullable String violation) {
}
