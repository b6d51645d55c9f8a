package io.github.loopguard.bridge.engine;

/**
 * Phase of a {@link LaneTask}.
 */
enum TaskPhase {

	NEW, WAITING, RUNNING, FINISHED, DROPPED, DETACHED, INTERRUPTING, INTERRUPTED;

	boolean detached() {
		return this == DETACHED || this == INTERRUPTING || this == INTERRUPTED;
	}

}
