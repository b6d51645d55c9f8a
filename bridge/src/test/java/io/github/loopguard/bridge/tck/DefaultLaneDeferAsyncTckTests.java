package io.github.loopguard.bridge.tck;

import io.github.loopguard.bridge.BlockingBridge;

/**
 * The Reactive Streams TCK for {@code defer} of a source on other threads of the default
 * lane.
 */
public class DefaultLaneDeferAsyncTckTests extends LaneVerification {

	public DefaultLaneDeferAsyncTckTests() {
		super(LaneOperation.DEFER_ASYNC, BlockingBridge.DEFAULT_LANE);
	}

}
