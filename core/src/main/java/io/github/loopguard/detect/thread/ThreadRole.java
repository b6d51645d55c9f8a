package io.github.loopguard.detect.thread;

/**
 * What is known about a thread.
 */
public enum ThreadRole {

	/**
	 * It must not block.
	 */
	EVENT_LOOP,

	/**
	 * It exists to run work that may block.
	 */
	MAY_BLOCK,

	/**
	 * Others may know.
	 */
	UNKNOWN

}
