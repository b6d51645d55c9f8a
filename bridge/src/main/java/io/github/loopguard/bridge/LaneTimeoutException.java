package io.github.loopguard.bridge;

import java.time.Duration;

/**
 * A call waited too long for a thread, or ran too long.
 *
 * @since 0.1
 */
public final class LaneTimeoutException extends BridgeException {

	private final Phase phase;

	private final Duration limit;

	/**
	 * Creates the exception.
	 * @param lane name of the lane
	 * @param phase waiting or running
	 * @param limit the limit that was exceeded
	 */
	public LaneTimeoutException(String lane, Phase phase, Duration limit) {
		super(lane, message(lane, phase, limit), false, null);
		this.phase = phase;
		this.limit = limit;
	}

	private static String message(String lane, Phase phase, Duration limit) {
		String setting = "loopguard.bridge.lanes." + lane;
		return (phase == Phase.QUEUE)
				? "A call found no free thread in lane '" + lane + "' within " + limit.toMillis()
						+ " ms; nothing of it has run (" + setting + ".queue-timeout)."
				: "A call ran longer than " + limit.toMillis() + " ms in lane '" + lane + "' (" + setting
						+ ".run-timeout).";
	}

	/**
	 * Returns the phase in which the limit was exceeded.
	 * @return waiting or running
	 */
	public Phase phase() {
		return this.phase;
	}

	/**
	 * Returns the limit that was exceeded.
	 * @return the limit
	 */
	public Duration limit() {
		return this.limit;
	}

	/**
	 * Part of a call that a limit applies to.
	 */
	public enum Phase {

		/**
		 * It waited for a thread; none of its code has run.
		 */
		QUEUE,

		/**
		 * It was running.
		 */
		RUN

	}

}
