package io.github.loopguard.bridge.engine;

import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.bridge.LaneKind;
import io.github.loopguard.bridge.LaneSpec;

/**
 * Runs tasks on Reactor's shared {@code boundedElastic()}, within its bounds, and
 * interrupts them on cancel as {@code subscribeOn} does.
 */
public final class ElasticEngine extends LaneEngine {

	public ElasticEngine(String name) {
		super(LaneSpec.elastic(name).limits(), LaneKind.BOUNDED_ELASTIC);
	}

	@Override
	Disposable dispatch(LaneTask<?> task) {
		return Schedulers.boundedElastic().schedule(task);
	}

}
