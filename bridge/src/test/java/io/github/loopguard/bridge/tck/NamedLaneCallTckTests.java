package io.github.loopguard.bridge.tck;

/**
 * The Reactive Streams TCK for {@code call} of a named lane.
 */
public class NamedLaneCallTckTests extends LaneVerification {

	public NamedLaneCallTckTests() {
		super(LaneOperation.CALL, NAMED_LANE);
	}

}
