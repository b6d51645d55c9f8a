package io.github.loopguard.bridge;

/**
 * Receives the times of a lane's calls, on the lane's threads.
 *
 * @since 0.1
 */
public interface LaneTimer {

	/**
	 * Records how long a call waited for a thread.
	 * @param nanos nanoseconds
	 */
	void waited(long nanos);

	/**
	 * Records how long a call ran.
	 * @param nanos nanoseconds
	 */
	void ran(long nanos);

}
