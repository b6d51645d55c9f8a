package io.github.loopguard.bridge;

import org.jspecify.annotations.Nullable;

/**
 * An error of the bridge itself. Errors of the blocking code are never wrapped in one;
 * the subscriber receives them as they were thrown.
 *
 * @since 0.1
 */
public abstract sealed class BridgeException extends RuntimeException permits InvalidLaneException,
		UnknownLaneException, LaneFullException, LaneTimeoutException, LaneClosedException, LaneUnavailableException {

	private final String lane;

	BridgeException(String lane, String message, boolean withStack, @Nullable Throwable cause) {
		super(message, cause, true, withStack);
		this.lane = lane;
	}

	/**
	 * Returns the name of the lane.
	 * @return the lane's name
	 */
	public String lane() {
		return this.lane;
	}

}
