package io.github.loopguard;

import org.jspecify.annotations.Nullable;

/**
 * Who had to wait meanwhile.
 *
 * @param tasks tasks that were queued on the loop, or {@code null} if unknown
 * @since 0.1
 */
public record Waited(@Nullable Long tasks) {
}
