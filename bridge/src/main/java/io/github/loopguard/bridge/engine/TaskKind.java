package io.github.loopguard.bridge.engine;

/**
 * Which limits of its lane apply to a task.
 */
public enum TaskKind {

	/**
	 * Both timeouts.
	 */
	CALL,

	/**
	 * No queue timeout: it continues something that has been admitted.
	 */
	CONTINUATION,

	/**
	 * No timeout, and what waits when the lane closes still runs: nobody could be told of
	 * either.
	 */
	UNLIMITED,

	/**
	 * No timeout, and it runs even if the lane is closed: it releases something.
	 */
	RELEASE;

	boolean queueLimited() {
		return this == CALL;
	}

	boolean runLimited() {
		return this == CALL || this == CONTINUATION;
	}

}
