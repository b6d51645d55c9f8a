package io.github.loopguard.bridge.engine;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

import io.github.loopguard.bridge.LaneKind;
import io.github.loopguard.bridge.LaneSpec;

/**
 * Runs tasks on threads of the lane's own with one shared queue.
 */
public final class PoolEngine extends LaneEngine {

	private static final Logger logger = LoggerFactory.getLogger(PoolEngine.class);

	private final ThreadPoolExecutor pool;

	private final long keepAlive;

	private final int maxStale;

	private final AtomicInteger stale = new AtomicInteger();

	public PoolEngine(LaneSpec spec) {
		this(spec, LaneThreads.factory(spec.limits(), "-"));
	}

	public PoolEngine(LaneSpec spec, ThreadFactory factory) {
		super(spec.limits(), spec.limits().kind());
		LaneSpec.Limits limits = spec.limits();
		// A virtual thread costs less to create than to keep.
		this.keepAlive = (limits.kind() == LaneKind.VIRTUAL) ? 1 : Math.max(1, limits.keepAlive().toNanos());
		this.pool = new ThreadPoolExecutor(limits.threads(), limits.threads(), this.keepAlive, TimeUnit.NANOSECONDS,
				new LinkedBlockingQueue<>(), factory);
		this.pool.allowCoreThreadTimeOut(true);
		this.maxStale = Math.max(64, limits.queueCapacity());
	}

	public int threads() {
		return this.pool.getPoolSize();
	}

	@Override
	Disposable dispatch(LaneTask<?> task) {
		try {
			this.pool.execute(task);
		}
		catch (RuntimeException | Error ex) {
			if (this.pool.getPoolSize() == 0) {
				throw ex;
			}
			this.pool.getQueue().add(task);
			SafeLog.warn(logger, "A lane could not start another thread and continues with {}", this.pool.getPoolSize(),
					ex);
		}
		return this::left;
	}

	/**
	 * Removes tasks that have left the queue when there are more of them than tolerated.
	 */
	private void left() {
		if (this.stale.incrementAndGet() > this.maxStale) {
			this.stale.set(0);
			this.pool.getQueue().removeIf((work) -> work instanceof LaneTask<?> task && !task.waiting());
		}
	}

	/**
	 * Without being kept, idle threads end now and busy ones when the queue is empty. The
	 * pool stays open for what releases something.
	 */
	@Override
	void keepIdleThreads(boolean keep) {
		this.pool.setKeepAliveTime(keep ? this.keepAlive : 1, TimeUnit.NANOSECONDS);
	}

}
