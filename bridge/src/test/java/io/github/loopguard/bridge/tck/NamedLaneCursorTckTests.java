package io.github.loopguard.bridge.tck;

/**
 * The Reactive Streams TCK for {@code stream} of a cursor of a named lane.
 */
public class NamedLaneCursorTckTests extends LaneVerification {

	public NamedLaneCursorTckTests() {
		super(LaneOperation.CURSOR, NAMED_LANE);
	}

}
