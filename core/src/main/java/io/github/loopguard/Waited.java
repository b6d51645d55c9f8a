package io.github.loopguard;

import org.jspecify.annotations.Nullable;

/**
 * What waited while event loops were held.
 *
 * @param tasks tasks that were queued on the loop, or {@code null} if unknown
 * @since 0.1
 */
public record Waited(@Nullable Long tasks) {
}
