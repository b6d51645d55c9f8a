package io.github.loopguard.bridge.tck;

import io.github.loopguard.bridge.BlockingBridge;

/**
 * The Reactive Streams TCK for {@code defer} of the default lane.
 */
public class DefaultLaneDeferTckTests extends LaneVerification {

	public DefaultLaneDeferTckTests() {
		super(LaneOperation.DEFER, BlockingBridge.DEFAULT_LANE);
	}

}
