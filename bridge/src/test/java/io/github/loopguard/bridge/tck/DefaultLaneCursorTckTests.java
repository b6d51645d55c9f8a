package io.github.loopguard.bridge.tck;

import io.github.loopguard.bridge.BlockingBridge;

/**
 * The Reactive Streams TCK for {@code stream} of a cursor of the default lane.
 */
public class DefaultLaneCursorTckTests extends LaneVerification {

	public DefaultLaneCursorTckTests() {
		super(LaneOperation.CURSOR, BlockingBridge.DEFAULT_LANE);
	}

}
