package io.github.loopguard.report;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.report.file.ProblemText;

/**
 * Thrown when a file is not a report that can be read. The message names the file, the
 * line if known, and the reason.
 *
 * @since 0.1
 */
public class UnreadableReportException extends RuntimeException {

	UnreadableReportException(String message) {
		super(ProblemText.of(message));
	}

	UnreadableReportException(String message, @Nullable Throwable cause) {
		super(ProblemText.of(message), cause);
	}

}
