package io.github.loopguard.bridge.tck;

/**
 * The Reactive Streams TCK for {@code defer} of a named lane.
 */
public class NamedLaneDeferTckTests extends LaneVerification {

	public NamedLaneDeferTckTests() {
		super(LaneOperation.DEFER, NAMED_LANE);
	}

}
