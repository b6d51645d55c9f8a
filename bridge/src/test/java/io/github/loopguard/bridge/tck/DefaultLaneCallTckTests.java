package io.github.loopguard.bridge.tck;

import io.github.loopguard.bridge.BlockingBridge;

/**
 * The Reactive Streams TCK for {@code call} of the default lane.
 */
public class DefaultLaneCallTckTests extends LaneVerification {

	public DefaultLaneCallTckTests() {
		super(LaneOperation.CALL, BlockingBridge.DEFAULT_LANE);
	}

}
