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

	private LaneFullException(LaneStatus status, String what, String remedy) {
		super(status.name(), "Lane '" + status.name() + "' is full: " + what + ". " + remedy + ".", false, null);
		this.status = status;
	}

	/**
	 * Creates the exception for a lane whose threads and queue are taken.
	 * @param status the lane's state
	 * @return the exception
	 */
	public static LaneFullException ofCalls(LaneStatus status) {
		return new LaneFullException(status, status.maxThreads() + " calls run and " + status.queueCapacity() + " wait",
				"Raise " + property(status) + "threads or .queue-capacity, or send less");
	}

	/**
	 * Creates the exception for a lane with too many open streams and sessions.
	 * @param status the lane's state
	 * @return the exception
	 */
	public static LaneFullException ofOpen(LaneStatus status) {
		return new LaneFullException(status, status.maxOpen() + " streams and sessions are open",
				"Raise " + property(status) + "max-open, or read them to their end or cancel them sooner");
	}

	/**
	 * Creates the exception for a session with too many waiting steps.
	 * @param status the lane's state
	 * @param steps how many steps wait
	 * @return the exception
	 */
	public static LaneFullException ofSteps(LaneStatus status, int steps) {
		return new LaneFullException(status, steps + " steps of one session wait",
				"Take one step after another, such as with concatMap");
	}

	private static String property(LaneStatus status) {
		return "loopguard.bridge.lanes." + status.name() + ".";
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
