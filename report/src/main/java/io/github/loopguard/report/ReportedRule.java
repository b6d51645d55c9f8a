package io.github.loopguard.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A rule that was violated.
 *
 * @param id identifier
 * @param title short description
 * @param fix what to do instead, in one sentence
 * @param text documentation in Markdown, or {@code null} if unknown
 * @since 0.1
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ReportedRule(String id, String title, String fix, @Nullable String text) {
}
