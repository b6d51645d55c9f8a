package io.github.loopguard.bridge.engine;

/**
 * Phase of a {@link LaneTask}.
 */
enum TaskPhase {

	NEW, WAITING, RUNNING, PROTECTED, EMITTING, FINISHED, DROPPED,

	/**
	 * Without a subscriber.
	 */
	DETACHED,

	/**
	 * Without a subscriber, and not to be interrupted now.
	 */
	SHIELDED,

	INTERRUPTING, INTERRUPTED;

	boolean detached() {
		return this == DETACHED || this == SHIELDED || this == INTERRUPTING || this == INTERRUPTED;
	}

}
