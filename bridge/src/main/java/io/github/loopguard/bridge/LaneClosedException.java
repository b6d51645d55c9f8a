package io.github.loopguard.bridge;

/**
 * The lane or session is closed: the call was not accepted, or could not finish in time.
 *
 * @since 0.1
 */
public final class LaneClosedException extends BridgeException {

	private LaneClosedException(String lane, String reason) {
		super(lane, "Lane '" + lane + "' is closed, because " + reason + ".", false, null);
	}

	/**
	 * Creates the exception for a bridge that is closed.
	 * @param lane name of the lane
	 * @return the exception
	 */
	public static LaneClosedException ofBridge(String lane) {
		return new LaneClosedException(lane, "the application is shutting down");
	}

	/**
	 * Creates the exception for a lane that another of its name replaces.
	 * @param lane name of the lane
	 * @return the exception
	 */
	public static LaneClosedException ofReplaced(String lane) {
		return new LaneClosedException(lane,
				"it was defined again; take it from BlockingBridge.lane(\"" + lane + "\") for each call");
	}

	/**
	 * Creates the exception for a session that has ended.
	 * @param lane name of the lane
	 * @return the exception
	 */
	public static LaneClosedException ofSession(String lane) {
		return new LaneClosedException(lane, "the session has ended");
	}

}
