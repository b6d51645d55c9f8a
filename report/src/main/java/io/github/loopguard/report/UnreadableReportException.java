package io.github.loopguard.report;

/**
 * A file is no report that can be read. The message names the file, the line where it is
 * known, and the reason.
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
