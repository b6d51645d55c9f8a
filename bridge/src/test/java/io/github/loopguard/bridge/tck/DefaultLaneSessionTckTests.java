package io.github.loopguard.bridge.tck;

import io.github.loopguard.bridge.BlockingBridge;

/**
 * The Reactive Streams TCK for {@code session} of the default lane.
 */
public class DefaultLaneSessionTckTests extends LaneVerification {

	public DefaultLaneSessionTckTests() {
		super(LaneOperation.SESSION, BlockingBridge.DEFAULT_LANE);
	}

}
