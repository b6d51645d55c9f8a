package io.github.loopguard.bridge;

/**
 * The lane or session is closed: the call was not accepted, or could not finish in time.
 *
 * @since 0.1
 */
public final class LaneClosedException extends BridgeException {

	/**
	 * Creates the exception.
	 * @param lane name of the lane
	 * @param reason why it is closed, as the rest of a sentence
	 */
	public LaneClosedException(String lane, String reason) {
		super(lane, "Lane '" + lane + "' is closed, because " + reason + ".", false, null);
	}

}
