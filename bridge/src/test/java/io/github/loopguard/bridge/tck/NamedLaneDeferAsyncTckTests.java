package io.github.loopguard.bridge.tck;

/**
 * The Reactive Streams TCK for {@code defer} of a source on other threads of a named
 * lane.
 */
public class NamedLaneDeferAsyncTckTests extends LaneVerification {

	public NamedLaneDeferAsyncTckTests() {
		super(LaneOperation.DEFER_ASYNC, NAMED_LANE);
	}

}
