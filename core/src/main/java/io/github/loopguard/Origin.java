package io.github.loopguard;

/**
 * Whose code made a blocking call.
 *
 * @since 0.1
 */
public enum Origin {

	/**
	 * Application code made the call, directly or through a library it called straight.
	 */
	APPLICATION,

	/**
	 * A library made the call, without application code that asked for it.
	 */
	LIBRARY,

	/**
	 * Spring, Reactor or Netty made the call by themselves.
	 */
	FRAMEWORK,

	/**
	 * Nobody could be named.
	 */
	UNKNOWN

}
