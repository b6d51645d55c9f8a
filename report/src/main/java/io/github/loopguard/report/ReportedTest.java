package io.github.loopguard.report;

import java.time.Duration;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A test on whose behalf a violation happened.
 *
 * @param name class and method, such as {@code com.acme.OrderTests#rendersOrder}, or the
 * class alone where it cannot be tied to one of its tests
 * @param count occurrences
 * @param held how long event loops were held
 * @param tolerated why the test tolerates it, or {@code null} if it does not
 * @param source the test's source file, relative to the root of the repository, or
 * {@code null} if unknown
 * @since 0.1
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ReportedTest(String name, long count, Duration held, @Nullable String tolerated,
		@Nullable String source) {
}
