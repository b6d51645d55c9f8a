package io.github.loopguard.bridge;

/**
 * Where a {@link LaneTask} is on its way.
 */
enum TaskPhase {

	NEW, WAITING, RUNNING, FINISHED, DROPPED, ORPHANED, INTERRUPTING, INTERRUPTED;

	/**
	 * Whether the code still runs, or has run, without anybody who waits for it.
	 */
	boolean orphaned() {
		return this == ORPHANED || this == INTERRUPTING || this == INTERRUPTED;
	}

}
