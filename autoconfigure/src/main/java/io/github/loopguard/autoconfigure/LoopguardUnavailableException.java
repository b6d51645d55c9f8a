package io.github.loopguard.autoconfigure;

/**
 * Thrown at start-up when a detector cannot work and {@code loopguard.on-unavailable} is
 * {@code fail}.
 *
 * @since 0.1
 */
public class LoopguardUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param reason the reason and its remedy
	 */
	public LoopguardUnavailableException(String reason) {
		super(reason);
	}

}
