package io.github.loopguard.bridge;

/**
 * What happens to running code whose caller is gone: it cancelled, or the run timeout
 * struck.
 *
 * @since 0.1
 */
public enum OnCancel {

	/**
	 * The thread is interrupted. It frees the lane soon, provided that the code listens.
	 * Mind that an interrupt closes a {@code FileChannel} for all who share it, an
	 * embedded database's included, and on a virtual thread the socket it reads from.
	 */
	INTERRUPT,

	/**
	 * The code runs on undisturbed. It keeps its place in the lane, and counts as active,
	 * until it really ends.
	 */
	ABANDON

}
