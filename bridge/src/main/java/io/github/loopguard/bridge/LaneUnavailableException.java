package io.github.loopguard.bridge;

/**
 * The operating system gave the lane no thread.
 *
 * @since 0.1
 */
public final class LaneUnavailableException extends BridgeException {

	/**
	 * Creates the exception.
	 * @param lane name of the lane
	 * @param cause why no thread started
	 */
	public LaneUnavailableException(String lane, Throwable cause) {
		super(lane, "Lane '" + lane + "' could not start a thread: " + cause, false, cause);
	}

}
