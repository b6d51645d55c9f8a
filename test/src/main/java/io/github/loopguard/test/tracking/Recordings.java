package io.github.loopguard.test.tracking;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What happened under the same circumstances.
 *
 * @param circumstances what is known of them, or an empty string if it was simply during
 * a test
 * @param test the test that began it, or {@code null} if none can be named
 * @param all where it was recorded
 */
public record Recordings(String circumstances, @Nullable String test, List<Recording> all) {
}
