package io.github.loopguard;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How long event loops were held.
 *
 * @param count occurrences whose duration is known
 * @param total sum of their durations
 * @param max longest of them
 * @param p99 99th percentile, or {@code null} where it is not kept
 * @since 0.1
 */
public record Held(long count, Duration total, Duration max, @Nullable Duration p99) {
}
