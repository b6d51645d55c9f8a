package io.github.loopguard.policy;

import org.jspecify.annotations.Nullable;

/**
 * How an allowance fares in this JVM.
 *
 * @param allowance the allowance
 * @param state its state
 * @param problem what is wrong and what it hides, or {@code null} if nothing is
 * @param count calls that it let pass, or {@code null} if BlockHound lets them pass
 * uncounted
 * @since 0.1
 */
public record AllowanceStatus(Allowance allowance, State state, @Nullable String problem, @Nullable Long count) {

	/**
	 * State of an allowance.
	 */
	public enum State {

		/**
		 * It counts.
		 */
		LIVE,

		/**
		 * Its last day has passed.
		 */
		EXPIRED,

		/**
		 * It cannot work for this kind of method.
		 */
		NO_EFFECT,

		/**
		 * It hides more than it says.
		 */
		TOO_BROAD,

		/**
		 * There is no such method any more.
		 */
		STALE

	}

}
