package io.github.loopguard.allowance;

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
	 * Tells whether the allowance was made by somebody else, for a version of a library
	 * that is not the one here. Nothing is wrong then, and nobody here can change it.
	 * @return whether it is none of this application's business
	 */
	public boolean isForAnotherVersion() {
		return this.state == State.STALE && !this.allowance.source().equals(Allowance.USER);
	}

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
		 * There is no such method, or not in this version of its library.
		 */
		STALE

	}

}
