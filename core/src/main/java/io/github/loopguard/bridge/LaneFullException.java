package io.github.loopguard.bridge;

import java.time.Duration;

/**
 * A call was rejected because the lane had neither a thread nor a place in its queue for
 * it. Nothing of it has run; it may be tried again after {@link #retryAfter()}. WebFlux
 * answers 503 with {@code Retry-After}.
 *
 * @since 0.1
 */
public final class LaneFullException extends BridgeException {

	private final transient LaneStatus status;

	LaneFullException(LaneStatus status, String what) {
		super(status.name(), "Lane '" + status.name() + "' is full: " + what + ". Raise loopguard.bridge.lanes."
				+ status.name() + ".threads or .queue-capacity, or send less.", false, null);
		this.status = status;
	}

	/**
	 * Returns the limits and the use of the lane at the moment of the rejection.
	 * @return the lane's state
	 */
	public LaneStatus status() {
		return this.status;
	}

	/**
	 * Returns how long the queue is expected to take to drain: at least a second, at most
	 * a minute.
	 * @return when it is worth trying again
	 */
	public Duration retryAfter() {
		return this.status.drainTime();
	}

}
