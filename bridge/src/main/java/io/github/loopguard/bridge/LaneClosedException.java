package io.github.loopguard.bridge;

/**
 * The lane is closed: the call was not accepted, or could not finish in time.
 *
 * @since 0.1
 */
public final class LaneClosedException extends BridgeException {

	/**
	 * Creates the exception.
	 * @param lane name of the lane
	 */
	public LaneClosedException(String lane) {
		super(lane, "Lane '" + lane + "' is closed, because the application is shutting down.", false, null);
	}

}
