package io.github.loopguard;

/**
 * Whose code made a blocking call.
 *
 * @since 0.1
 */
public enum Origin {

	/**
	 * Application code made the call, directly or through a library that it called.
	 */
	APPLICATION,

	/**
	 * A library made the call without being called by application code.
	 */
	LIBRARY,

	/**
	 * Spring, Reactor or Netty made the call without being called by application code.
	 */
	FRAMEWORK,

	/**
	 * The code that made the call could not be determined.
	 */
	UNKNOWN

}
