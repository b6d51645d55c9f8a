package io.github.loopguard.bridge;

/**
 * Why a {@link LaneTask} and its subscriber part.
 */
enum CancelReason {

	CANCELLED, QUEUE_TIMEOUT, RUN_TIMEOUT, REJECTED, CLOSED

}
