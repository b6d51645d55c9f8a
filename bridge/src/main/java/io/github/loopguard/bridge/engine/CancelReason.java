package io.github.loopguard.bridge.engine;

/**
 * Why a call is cancelled.
 */
public enum CancelReason {

	CANCELLED, QUEUE_TIMEOUT, RUN_TIMEOUT, REJECTED, CLOSED

}
