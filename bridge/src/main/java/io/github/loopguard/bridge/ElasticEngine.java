package io.github.loopguard.bridge;

import java.time.Duration;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The default lane: Reactor's shared {@code boundedElastic()}, with its bounds, and an
 * interrupt on cancel as {@code subscribeOn} has it.
 */
final class ElasticEngine extends LaneEngine {

	private final Scheduler scheduler = Schedulers.boundedElastic();

	ElasticEngine(String name) {
		super(limits(name), LaneKind.BOUNDED_ELASTIC);
	}

	private static LaneSpec limits(String name) {
		int threads = Math.min(LanePermits.MOST_THREADS, Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE);
		long waiting = (long) threads * Schedulers.DEFAULT_BOUNDED_ELASTIC_QUEUESIZE;
		return new LaneSpec(name, LaneKind.PLATFORM, threads,
				(int) Math.min(LanePermits.MOST_QUEUED - LanePermits.MOST_THREADS, waiting), null, null,
				OnCancel.INTERRUPT, 10_000, Duration.ZERO);
	}

	@Override
	void dispatch(LaneTask<?> task) {
		task.handle(this.scheduler.schedule(task));
	}

	@Override
	void withdrawn(LaneTask<?> task) {
		// The task disposed of its handle.
	}

	@Override
	void release() {
		// The scheduler belongs to everybody.
	}

}
