package io.github.loopguard.bridge;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

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
	 * @param source what set the limit, {@code null} for the lane's own
	 */
	public LaneTimeoutException(String lane, Phase phase, Duration limit, @Nullable String source) {
		super(lane,
				((phase == Phase.QUEUE)
						? "A call found no free thread in lane '" + lane + "' within " + limit.toMillis()
								+ " ms; nothing of it has run ("
						: "A call ran longer than " + limit.toMillis() + " ms in lane '" + lane + "' (")
						+ ((source != null) ? source : "loopguard.bridge.lanes." + lane + "." + phase.property) + ").",
				false, null);
		this.phase = phase;
		this.limit = limit;
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
		QUEUE("queue-timeout"),

		/**
		 * It was running.
		 */
		RUN("run-timeout");

		private final String property;

		Phase(String property) {
			this.property = property;
		}

	}

}
