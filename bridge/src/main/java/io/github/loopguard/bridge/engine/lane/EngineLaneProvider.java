package io.github.loopguard.bridge.engine.lane;

import java.util.function.Consumer;

import reactor.util.context.ContextView;

import io.github.loopguard.bridge.LaneProvider;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.engine.CurrentCall;
import io.github.loopguard.bridge.engine.ElasticEngine;
import io.github.loopguard.bridge.engine.LaneTimeline;
import io.github.loopguard.bridge.engine.PoolEngine;
import io.github.loopguard.bridge.engine.context.CallContext;

/**
 * Creates lanes; {@code BlockingBridge} finds this class by its name.
 */
public final class EngineLaneProvider implements LaneProvider {

	@Override
	public ManagedLane create(LaneSpec spec) {
		return new EngineLane(new PoolEngine(spec));
	}

	@Override
	public ManagedLane createElastic(String name) {
		return new EngineLane(new ElasticEngine(name));
	}

	@Override
	public Consumer<Runnable> capture(ContextView subscriber) {
		return CallContext.capture(subscriber)::run;
	}

	@Override
	public boolean abandoned() {
		return CurrentCall.abandoned();
	}

	@Override
	public boolean protect() {
		return CurrentCall.protect();
	}

	@Override
	public void recordCalls(boolean wanted) {
		LaneTimeline.turnOn(wanted);
	}

}
