package io.github.loopguard.bridge.engine;

import java.time.Duration;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.bridge.LaneKind;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.OnCancel;

/**
 * Runs tasks on Reactor's shared {@code boundedElastic()}, within its bounds, and
 * interrupts them on cancel as {@code subscribeOn} does.
 */
public final class ElasticEngine extends LaneEngine {

	private final Scheduler scheduler = Schedulers.boundedElastic();

	public ElasticEngine(String name) {
		super(limits(name), LaneKind.BOUNDED_ELASTIC);
	}

	private static LaneSpec limits(String name) {
		int threads = Math.min(LaneSpec.MAX_THREADS, Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE);
		long queue = (long) threads * Schedulers.DEFAULT_BOUNDED_ELASTIC_QUEUESIZE;
		return new LaneSpec(name, LaneKind.PLATFORM, threads, (int) Math.min(LaneSpec.MAX_QUEUE_CAPACITY, queue), null,
				null, OnCancel.INTERRUPT, 10_000, Duration.ZERO);
	}

	@Override
	void dispatch(LaneTask<?> task) {
		task.scheduled(this.scheduler.schedule(task));
	}

	@Override
	void cancelled(LaneTask<?> task) {
		// The task has disposed its handle.
	}

	@Override
	void shutDownThreads() {
		// The scheduler is shared.
	}

	@Override
	void restartThreads() {
		// The scheduler is shared.
	}

}
