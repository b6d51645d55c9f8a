package io.github.loopguard.bridge;

import java.time.Duration;

/**
 * A call was rejected because all threads of the lane were busy and its queue was full.
 * Nothing of the call has run; it may be retried after {@link #retryAfter()}. WebFlux
 * answers 503 with {@code Retry-After}.
 *
 * @since 0.1
 */
public final class LaneFullException extends BridgeException {

	private final transient LaneStatus status;

	/**
	 * Creates the exception.
	 * @param status the lane's state
	 * @param full what fills the lane
	 * @param remedy what to do, as an order
	 */
	public LaneFullException(LaneStatus status, String full, String remedy) {
		super(status.name(), "Lane '" + status.name() + "' is full: " + full + ". " + remedy + ".", false, null);
		this.status = status;
	}

	/**
	 * Returns the lane's limits and use at the moment of the rejection.
	 * @return the lane's state
	 */
	public LaneStatus status() {
		return this.status;
	}

	/**
	 * Returns how long the queue is expected to take to drain: at least a second, at most
	 * a minute.
	 * @return the time to wait before the next attempt
	 */
	public Duration retryAfter() {
		return this.status.drainTime();
	}

}
