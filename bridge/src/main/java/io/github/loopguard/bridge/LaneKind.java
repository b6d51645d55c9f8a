package io.github.loopguard.bridge;

/**
 * Kind of threads that a lane's work runs on.
 *
 * @since 0.1
 */
public enum LaneKind {

	/**
	 * Reactor's shared {@code Schedulers.boundedElastic()}.
	 */
	BOUNDED_ELASTIC,

	/**
	 * Platform threads of the lane's own.
	 */
	PLATFORM,

	/**
	 * Virtual threads of the lane's own; needs JDK 21.
	 */
	VIRTUAL

}
