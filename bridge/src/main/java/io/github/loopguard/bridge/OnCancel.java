package io.github.loopguard.bridge;

/**
 * What happens to running code when its subscriber cancels or the run timeout expires.
 *
 * @since 0.1
 */
public enum OnCancel {

	/**
	 * The thread is interrupted. The lane is free soon if the code reacts to interrupts.
	 * An interrupt closes a {@code FileChannel} for all who share it, an embedded
	 * database's included, and on a virtual thread the socket it reads from.
	 */
	INTERRUPT,

	/**
	 * The code runs on. It keeps its permit and counts as active until it ends.
	 */
	ABANDON

}
