package io.github.loopguard.bridge.engine;

/**
 * Which limits of its lane apply to a task.
 */
public enum TaskKind {

	/**
	 * All.
	 */
	CALL,

	/**
	 * Only the run timeout: it continues something that has been admitted.
	 */
	CONTINUATION,

	/**
	 * No timeout, and what waits when the lane closes still runs: nobody could be told of
	 * either.
	 */
	UNLIMITED,

	/**
	 * Like {@link #UNLIMITED}, and it continues something that has been admitted.
	 */
	UNLIMITED_CONTINUATION,

	/**
	 * None, and it runs even if the lane is closed: it releases something.
	 */
	RELEASE;

	boolean limited() {
		return this == CALL || this == CONTINUATION;
	}

	boolean reserved() {
		return this != CALL && this != UNLIMITED;
	}

}
