package io.github.loopguard.allowance;

import org.jspecify.annotations.Nullable;

/**
 * State of an allowance in this JVM.
 *
 * @param allowance the allowance
 * @param state whether it is in force
 * @param problem why it is not in force, or what it hides; {@code null} if there is no
 * problem
 * @param count number of calls that it allowed, or {@code null} if BlockHound allows them
 * without counting
 * @since 0.1
 */
public record AllowanceStatus(Allowance allowance, State state, @Nullable String problem, @Nullable Long count) {

	/**
	 * Returns whether the allowance is for another version of a library and was not set
	 * by the application. This is no problem of the application.
	 * @return whether the allowance can be ignored
	 */
	public boolean isForAnotherVersion() {
		return this.state == State.STALE && !this.allowance.source().equals(Allowance.USER);
	}

	/**
	 * State of an allowance.
	 */
	public enum State {

		/**
		 * It is in force.
		 */
		LIVE,

		/**
		 * Its last day has passed.
		 */
		EXPIRED,

		/**
		 * It cannot take effect for this kind of method.
		 */
		NO_EFFECT,

		/**
		 * It hides calls of code that it does not name.
		 */
		TOO_BROAD,

		/**
		 * The method does not exist, or not in this version of its library.
		 */
		STALE

	}

}
