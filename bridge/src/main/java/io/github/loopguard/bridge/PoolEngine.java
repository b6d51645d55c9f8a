package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/**
 * A lane on threads of its own with one shared queue.
 */
final class PoolEngine extends LaneEngine {

	private final WorkerPool pool;

	private final int toleratedStale;

	PoolEngine(LaneSpec spec) {
		this(spec, LaneThreads.factory(spec));
	}

	PoolEngine(LaneSpec spec, ThreadFactory factory) {
		super(spec, spec.kind());
		// A virtual thread costs less to make than to keep.
		this.pool = new WorkerPool(factory, spec.threads(),
				(spec.kind() == LaneKind.VIRTUAL) ? Duration.ZERO : spec.keepAlive());
		this.toleratedStale = Math.max(64, spec.queueCapacity());
	}

	int threads() {
		return this.pool.size();
	}

	@Override
	void dispatch(LaneTask<?> task) {
		this.pool.add(task);
	}

	@Override
	void withdrawn(LaneTask<?> task) {
		this.pool.stale(this.toleratedStale, (work) -> work instanceof LaneTask<?> other && !other.waiting());
	}

	@Override
	void release() {
		this.pool.release();
	}

}
