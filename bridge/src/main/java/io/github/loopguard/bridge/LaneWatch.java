package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Looks through a lane's calls for those that took too long, ten times within the
 * shortest limit, and only while there are calls.
 */
final class LaneWatch {

	private static final long LEAST_PERIOD = Duration.ofMillis(1).toNanos();

	private static final long MOST_PERIOD = Duration.ofMillis(100).toNanos();

	private static final int IDLE_ROUNDS = 10;

	private final @Nullable Duration queueTimeout;

	private final @Nullable Duration runTimeout;

	private final Set<LaneTask<?>> tasks;

	private final long period;

	private volatile boolean awake;

	private long nextRound;

	private int idleRounds;

	private LaneWatch(@Nullable Duration queueTimeout, @Nullable Duration runTimeout, Set<LaneTask<?>> tasks) {
		this.queueTimeout = queueTimeout;
		this.runTimeout = runTimeout;
		this.tasks = tasks;
		this.period = Math.max(LEAST_PERIOD,
				Math.min(MOST_PERIOD, Math.min(nanos(queueTimeout), nanos(runTimeout)) / 10));
	}

	static LaneWatch of(@Nullable Duration queueTimeout, @Nullable Duration runTimeout, Set<LaneTask<?>> tasks) {
		LaneWatch watch = new LaneWatch(queueTimeout, runTimeout, tasks);
		if (watch.limited()) {
			LaneWatchThread.add(watch);
		}
		return watch;
	}

	/**
	 * Makes sure that somebody looks. Called for each call, so it does next to nothing
	 * while the watch is awake, and never waits.
	 */
	void wake() {
		if (!this.awake && limited()) {
			this.awake = true;
			LaneWatchThread.wake();
		}
	}

	void close() {
		LaneWatchThread.remove(this);
	}

	/**
	 * Does a round if one is due; on the watch thread only.
	 * @return nanoseconds until the next, {@link Long#MAX_VALUE} when asleep
	 */
	long look(long now) {
		if (!this.awake) {
			return Long.MAX_VALUE;
		}
		if (this.nextRound - now <= 0 || this.nextRound - now > this.period) {
			this.nextRound = now + this.period;
			this.idleRounds = this.tasks.isEmpty() ? this.idleRounds + 1 : 0;
			for (LaneTask<?> task : this.tasks) {
				task.checkTime(now, this.queueTimeout, this.runTimeout);
			}
			if (this.idleRounds > IDLE_ROUNDS) {
				this.idleRounds = 0;
				this.awake = false;
				// A call that came in between saw the watch awake and relied on it.
				this.awake = !this.tasks.isEmpty();
			}
		}
		return this.awake ? this.nextRound - now : Long.MAX_VALUE;
	}

	private boolean limited() {
		return this.queueTimeout != null || this.runTimeout != null;
	}

	private static long nanos(@Nullable Duration timeout) {
		return (timeout != null) ? timeout.toNanos() : Long.MAX_VALUE;
	}

}
