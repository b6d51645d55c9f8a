package io.github.loopguard.bridge.engine;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.loopguard.bridge.LaneSpec;

/**
 * Checks the timeouts of a lane's tasks, ten times within the shortest timeout, while
 * there are tasks: on the JVM's own timer thread, which no application replaces or stops,
 * and by one timer for all tasks.
 */
final class LaneTimeouts {

	private static final Logger logger = LoggerFactory.getLogger(LaneTimeouts.class);

	private static final long MIN_PERIOD = Duration.ofMillis(1).toNanos();

	private static final long MAX_PERIOD = Duration.ofMillis(100).toNanos();

	private static final int IDLE_CHECKS = 10;

	private final LaneSpec.Limits limits;

	private final Set<LaneTask<?>> tasks;

	private final Executor timer;

	private final boolean limited;

	private final AtomicBoolean active = new AtomicBoolean();

	private int idleChecks;

	LaneTimeouts(LaneSpec.Limits limits, Set<LaneTask<?>> tasks) {
		this(limits, tasks, CompletableFuture.delayedExecutor(period(limits), TimeUnit.NANOSECONDS, Runnable::run));
	}

	/**
	 * Creates the checks.
	 * @param timer runs a check after the period
	 */
	LaneTimeouts(LaneSpec.Limits limits, Set<LaneTask<?>> tasks, Executor timer) {
		this.limits = limits;
		this.tasks = tasks;
		this.timer = timer;
		this.limited = limits.queueTimeout() != null || limits.runTimeout() != null;
	}

	/**
	 * Starts the checks; called for each task, so it is cheap if they are active already.
	 */
	void activate() {
		if (this.limited && !this.active.get() && this.active.compareAndSet(false, true)) {
			schedule();
		}
	}

	private void check() {
		try {
			checkAll();
		}
		catch (Throwable ex) {
			report(ex);
		}
		this.idleChecks = this.tasks.isEmpty() ? this.idleChecks + 1 : 0;
		if (this.idleChecks <= IDLE_CHECKS) {
			schedule();
			return;
		}
		this.idleChecks = 0;
		this.active.set(false);
		if (!this.tasks.isEmpty()) {
			// A task that came since the check above saw the checks active.
			activate();
		}
	}

	private void checkAll() {
		long now = System.nanoTime();
		for (LaneTask<?> task : this.tasks) {
			task.checkTimeouts(now, this.limits.queueTimeout(), this.limits.runTimeout());
		}
	}

	/**
	 * Plans the next check. Where that fails, with a full heap for example, the next task
	 * starts the checks again.
	 */
	private void schedule() {
		try {
			this.timer.execute(this::check);
		}
		catch (Throwable ex) {
			this.active.set(false);
			report(ex);
		}
	}

	private void report(Throwable thrown) {
		try {
			logger.error("Checking the timeouts of lane '{}' failed", this.limits.name(), thrown);
		}
		catch (Throwable ex) {
			// The checks go on without a word, as the logger may be what is broken.
		}
	}

	private static long period(LaneSpec.Limits limits) {
		return Math.max(MIN_PERIOD,
				Math.min(MAX_PERIOD, Math.min(nanos(limits.queueTimeout()), nanos(limits.runTimeout())) / 10));
	}

	private static long nanos(@Nullable Duration timeout) {
		return (timeout != null) ? timeout.toNanos() : Long.MAX_VALUE;
	}

}
