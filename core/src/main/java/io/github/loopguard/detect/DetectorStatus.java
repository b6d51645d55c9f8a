package io.github.loopguard.detect;

import org.jspecify.annotations.Nullable;

/**
 * How a detector fares.
 *
 * @param name name of the detector
 * @param state its state
 * @param reason what is missing and what to do about it, or {@code null} if nothing is
 * @since 0.1
 */
public record DetectorStatus(String name, State state, @Nullable String reason) {

	/**
	 * State of a detector.
	 */
	public enum State {

		/**
		 * Every hook that this JDK can have is live.
		 */
		ACTIVE,

		/**
		 * It works, but something is missing.
		 */
		DEGRADED,

		/**
		 * It cannot work here.
		 */
		UNAVAILABLE,

		/**
		 * It was turned off.
		 */
		OFF

	}

}
