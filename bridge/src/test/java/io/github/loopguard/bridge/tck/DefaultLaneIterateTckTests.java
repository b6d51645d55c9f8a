package io.github.loopguard.bridge.tck;

import io.github.loopguard.bridge.BlockingBridge;

/**
 * The Reactive Streams TCK for {@code iterate} of the default lane.
 */
public class DefaultLaneIterateTckTests extends LaneVerification {

	public DefaultLaneIterateTckTests() {
		super(LaneOperation.ITERATE, BlockingBridge.DEFAULT_LANE);
	}

}
