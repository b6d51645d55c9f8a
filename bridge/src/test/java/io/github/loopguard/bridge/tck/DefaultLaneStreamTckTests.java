package io.github.loopguard.bridge.tck;

import io.github.loopguard.bridge.BlockingBridge;

/**
 * The Reactive Streams TCK for {@code stream} of the default lane.
 */
public class DefaultLaneStreamTckTests extends LaneVerification {

	public DefaultLaneStreamTckTests() {
		super(LaneOperation.STREAM, BlockingBridge.DEFAULT_LANE);
	}

}
