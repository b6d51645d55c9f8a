package io.github.loopguard;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Time for which the occurrences of a violation held event loops.
 *
 * @param count occurrences whose duration is known
 * @param total sum of their durations
 * @param max longest of them
 * @param p99 99th percentile, or {@code null} if it is not recorded
 * @since 0.1
 */
public record Held(long count, Duration total, Duration max, @Nullable Duration p99) {
}
