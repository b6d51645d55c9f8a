package io.github.loopguard.bridge.engine;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.loopguard.bridge.LaneSpec;

/**
 * Checks the timeouts of a lane's tasks, ten times within the shortest timeout, while
 * there are tasks: by one timer for all tasks, on a thread for all lanes, which no
 * application replaces or stops.
 */
final class LaneTimeouts {

	private static final Logger logger = LoggerFactory.getLogger(LaneTimeouts.class);

	private static final long MIN_PERIOD = Duration.ofMillis(1).toNanos();

	private static final long MAX_PERIOD = Duration.ofMillis(100).toNanos();

	private static final long LATE = Duration.ofSeconds(1).toNanos();

	private static final int IDLE_CHECKS = 10;

	/**
	 * Starts its thread for the next check, whatever has ended it. The JVM's own timer
	 * does not on JDK 25.
	 */
	private static final ScheduledThreadPoolExecutor TIMER = new ScheduledThreadPoolExecutor(1, (work) -> {
		Thread thread = new Thread(null, work, "loopguard-lane-timeouts", 0, false);
		thread.setDaemon(true);
		thread.setContextClassLoader(null);
		return thread;
	});

	static {
		TIMER.setKeepAliveTime(10, TimeUnit.SECONDS);
		TIMER.allowCoreThreadTimeOut(true);
	}

	private final LaneSpec.Limits limits;

	private final Set<LaneTask<?>> tasks;

	private final LaneProblems problems;

	private final Executor timer;

	private final boolean limited;

	private final AtomicReference<@Nullable Checks> active = new AtomicReference<>();

	LaneTimeouts(LaneSpec.Limits limits, Set<LaneTask<?>> tasks, LaneProblems problems) {
		this(limits, tasks, problems, after(period(limits)));
	}

	/**
	 * Creates the checks.
	 * @param timer runs a check after the period
	 */
	LaneTimeouts(LaneSpec.Limits limits, Set<LaneTask<?>> tasks, LaneProblems problems, Executor timer) {
		this.limits = limits;
		this.tasks = tasks;
		this.problems = problems;
		this.timer = timer;
		this.limited = limits.queueTimeout() != null || limits.runTimeout() != null;
	}

	/**
	 * Starts the checks unless they are active; called for each task, so it is cheap if
	 * they are. Checks that are late are replaced, because a full heap may have ended the
	 * thread that they were planned on.
	 * @param now the present {@link System#nanoTime()}
	 */
	void activate(long now) {
		Checks checks = this.active.get();
		if (!this.limited || checks != null && !checks.late(now)) {
			return;
		}
		try {
			Checks next = new Checks(now);
			if (this.active.compareAndSet(checks, next)) {
				next.plan();
			}
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	/**
	 * Starts the checks again if they have ended although there is something to check.
	 */
	void revive() {
		if (!this.tasks.isEmpty() || this.problems.describe() != null) {
			activate(System.nanoTime());
		}
	}

	private void failed(Throwable thrown) {
		this.problems.timeouts.fails(thrown);
		SafeLog.error(logger, "Checking the timeouts of lane '{}' failed", this.limits.name(), thrown);
	}

	private static Executor after(long nanos) {
		return (check) -> TIMER.schedule(check, nanos, TimeUnit.NANOSECONDS);
	}

	private static long period(LaneSpec.Limits limits) {
		return Math.max(MIN_PERIOD,
				Math.min(MAX_PERIOD, Math.min(nanos(limits.queueTimeout()), nanos(limits.runTimeout())) / 10));
	}

	private static long nanos(@Nullable Duration timeout) {
		return (timeout != null) ? timeout.toNanos() : Long.MAX_VALUE;
	}

	/**
	 * Checks again and again until there are no tasks for a while.
	 */
	private final class Checks implements Runnable {

		private volatile long plannedAt;

		private int idle;

		private Checks(long now) {
			this.plannedAt = now;
		}

		private boolean late(long now) {
			return now - this.plannedAt > MAX_PERIOD + LATE;
		}

		@Override
		public void run() {
			if (LaneTimeouts.this.active.get() != this) {
				// Others have taken over, because these were late.
				return;
			}
			try {
				long now = System.nanoTime();
				for (LaneTask<?> task : LaneTimeouts.this.tasks) {
					task.checkTimeouts(now);
				}
				LaneTimeouts.this.problems.timeouts.works();
			}
			catch (Throwable ex) {
				failed(ex);
			}
			this.idle = LaneTimeouts.this.tasks.isEmpty() ? this.idle + 1 : 0;
			if (this.idle <= IDLE_CHECKS) {
				this.plannedAt = System.nanoTime();
				plan();
			}
			else if (LaneTimeouts.this.active.compareAndSet(this, null) && !LaneTimeouts.this.tasks.isEmpty()) {
				// A task that came since the check above saw the checks active.
				activate(System.nanoTime());
			}
		}

		/**
		 * Plans the next check. Where that fails, with a full heap for example, the next
		 * task starts the checks again.
		 */
		private void plan() {
			try {
				LaneTimeouts.this.timer.execute(this);
			}
			catch (Throwable ex) {
				LaneTimeouts.this.active.compareAndSet(this, null);
				failed(ex);
			}
		}

	}

}
