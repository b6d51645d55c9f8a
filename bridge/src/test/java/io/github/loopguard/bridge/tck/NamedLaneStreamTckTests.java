package io.github.loopguard.bridge.tck;

/**
 * The Reactive Streams TCK for {@code stream} of a named lane.
 */
public class NamedLaneStreamTckTests extends LaneVerification {

	public NamedLaneStreamTckTests() {
		super(LaneOperation.STREAM, NAMED_LANE);
	}

}
