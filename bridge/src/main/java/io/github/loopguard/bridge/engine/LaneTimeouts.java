package io.github.loopguard.bridge.engine;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.bridge.LaneSpec;

/**
 * Checks the timeouts of a lane's tasks, ten times within the shortest timeout, while
 * there are tasks.
 */
final class LaneTimeouts {

	private static final long MIN_PERIOD = Duration.ofMillis(1).toNanos();

	private static final long MAX_PERIOD = Duration.ofMillis(100).toNanos();

	private static final int IDLE_CHECKS = 10;

	private final LaneSpec limits;

	private final Set<LaneTask<?>> tasks;

	private final long period;

	private volatile boolean active;

	private long nextCheck;

	private int idleChecks;

	LaneTimeouts(LaneSpec limits, Set<LaneTask<?>> tasks) {
		this.limits = limits;
		this.tasks = tasks;
		this.period = Math.max(MIN_PERIOD,
				Math.min(MAX_PERIOD, Math.min(nanos(limits.queueTimeout()), nanos(limits.runTimeout())) / 10));
	}

	void open() {
		if (limited()) {
			TimeoutThread.add(this);
		}
	}

	/**
	 * Starts the checks; called for each task, so it is cheap if they are active already.
	 */
	void activate() {
		if (!this.active && limited()) {
			this.active = true;
			TimeoutThread.wake();
		}
	}

	void close() {
		TimeoutThread.remove(this);
	}

	/**
	 * Checks all tasks if a check is due; on the timeout thread only.
	 * @return nanoseconds until the next check, {@link Long#MAX_VALUE} while inactive
	 */
	long check(long now) {
		if (!this.active) {
			return Long.MAX_VALUE;
		}
		if (this.nextCheck - now <= 0 || this.nextCheck - now > this.period) {
			this.nextCheck = now + this.period;
			this.idleChecks = this.tasks.isEmpty() ? this.idleChecks + 1 : 0;
			for (LaneTask<?> task : this.tasks) {
				task.checkTimeouts(now, this.limits.queueTimeout(), this.limits.runTimeout());
			}
			if (this.idleChecks > IDLE_CHECKS) {
				this.idleChecks = 0;
				this.active = false;
				if (!this.tasks.isEmpty()) {
					// A task submitted since the check above saw the checks active.
					this.active = true;
				}
			}
		}
		return this.active ? this.nextCheck - now : Long.MAX_VALUE;
	}

	private boolean limited() {
		return this.limits.queueTimeout() != null || this.limits.runTimeout() != null;
	}

	private static long nanos(@Nullable Duration timeout) {
		return (timeout != null) ? timeout.toNanos() : Long.MAX_VALUE;
	}

}
