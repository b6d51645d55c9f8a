package io.github.loopguard.report.baseline;

import io.github.loopguard.report.file.ProblemText;

/**
 * Thrown when a baseline cannot be read or written. The file is left as it is.
 *
 * @since 0.1
 */
public final class BaselineException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String source;

	private final int line;

	private final String reason;

	BaselineException(String source, int line, String reason) {
		super(ProblemText.of("The baseline " + source + ((line > 0) ? ", line " + line + ": " : ": ") + reason));
		this.source = source;
		this.line = line;
		this.reason = ProblemText.of(reason);
	}

	BaselineException(String source, String reason, Throwable cause) {
		this(source, 0, reason);
		initCause(cause);
	}

	/**
	 * Returns the source of the baseline.
	 * @return a path or an address
	 */
	public String source() {
		return this.source;
	}

	/**
	 * Returns the line that cannot be read.
	 * @return the line, or 0 if unknown
	 */
	public int line() {
		return this.line;
	}

	/**
	 * Returns the problem and its remedy.
	 * @return the reason
	 */
	public String reason() {
		return this.reason;
	}

}
