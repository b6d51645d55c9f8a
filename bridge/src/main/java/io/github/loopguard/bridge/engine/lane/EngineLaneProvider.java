package io.github.loopguard.bridge.engine.lane;

import reactor.core.publisher.Mono;

import io.github.loopguard.bridge.LaneProvider;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.engine.ElasticEngine;
import io.github.loopguard.bridge.engine.PoolEngine;
import io.github.loopguard.bridge.engine.context.ContextMono;

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
	public <T> Mono<T> inContextOfSubscriber(Mono<T> shared) {
		return new ContextMono<>(shared);
	}

}
