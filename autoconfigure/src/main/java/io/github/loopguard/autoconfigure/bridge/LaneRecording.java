package io.github.loopguard.autoconfigure.bridge;

import io.github.loopguard.bridge.BlockingBridge;

import org.springframework.beans.factory.DisposableBean;

/**
 * Adds what lanes run to recordings of the JVM, until the application context is closed.
 */
final class LaneRecording implements DisposableBean {

	LaneRecording() {
		BlockingBridge.recordCalls(true);
	}

	@Override
	public void destroy() {
		BlockingBridge.recordCalls(false);
	}

}
