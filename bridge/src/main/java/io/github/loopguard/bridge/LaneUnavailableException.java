package io.github.loopguard.bridge;

/**
 * The lane could not get a thread from the operating system.
 *
 * @since 0.1
 */
public final class LaneUnavailableException extends BridgeException {

	LaneUnavailableException(String lane, Throwable cause) {
		super(lane, "Lane '" + lane + "' could not start a thread: " + cause, false, cause);
	}

}
