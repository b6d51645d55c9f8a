package io.github.loopguard.bridge.engine;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;

import io.github.loopguard.bridge.LaneKind;
import io.github.loopguard.bridge.LaneSpec;

/**
 * Runs tasks on threads of the lane's own with one shared queue.
 */
public final class PoolEngine extends LaneEngine {

	private final WorkerPool pool;

	private final int maxStale;

	public PoolEngine(LaneSpec spec) {
		this(spec, LaneThreads.factory(spec));
	}

	public PoolEngine(LaneSpec spec, ThreadFactory factory) {
		super(spec, spec.kind());
		// A virtual thread costs less to create than to keep.
		this.pool = new WorkerPool(factory, spec.threads(),
				(spec.kind() == LaneKind.VIRTUAL) ? Duration.ZERO : spec.keepAlive());
		this.maxStale = Math.max(64, spec.queueCapacity());
	}

	public int threads() {
		return this.pool.size();
	}

	@Override
	void dispatch(LaneTask<?> task) {
		this.pool.add(task);
	}

	@Override
	void cancelled(LaneTask<?> task) {
		this.pool.removeStale(this.maxStale, (work) -> work instanceof LaneTask<?> other && !other.waiting());
	}

	@Override
	void shutDownThreads() {
		this.pool.shutDown();
	}

	@Override
	void restartThreads() {
		this.pool.restart();
	}

}
