package io.github.loopguard.report;

/**
 * Thrown when a file is not a report that can be read. The message names the file, the
 * line if known, and the reason.
 *
 * @since 0.1
 */
public class UnreadableReportException extends RuntimeException {

	UnreadableReportException(String message) {
		super(message);
	}

	UnreadableReportException(String message, Throwable cause) {
		super(message, cause);
	}

}
