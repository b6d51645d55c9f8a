package io.github.loopguard.bridge.tck;

/**
 * The Reactive Streams TCK for {@code iterate} of a named lane.
 */
public class NamedLaneIterateTckTests extends LaneVerification {

	public NamedLaneIterateTckTests() {
		super(LaneOperation.ITERATE, NAMED_LANE);
	}

}
