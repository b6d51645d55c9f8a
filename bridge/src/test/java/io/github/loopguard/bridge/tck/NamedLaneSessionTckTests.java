package io.github.loopguard.bridge.tck;

/**
 * The Reactive Streams TCK for {@code session} of a named lane.
 */
public class NamedLaneSessionTckTests extends LaneVerification {

	public NamedLaneSessionTckTests() {
		super(LaneOperation.SESSION, NAMED_LANE);
	}

}
