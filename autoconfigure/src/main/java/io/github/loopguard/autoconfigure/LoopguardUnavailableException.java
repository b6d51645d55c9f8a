package io.github.loopguard.autoconfigure;

/**
 * Thrown at start-up when a detector cannot work as it should and the application asked
 * not to start then.
 *
 * @since 0.1
 */
public class LoopguardUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param reason what is missing and what to do about it
	 */
	public LoopguardUnavailableException(String reason) {
		super(reason);
	}

}
