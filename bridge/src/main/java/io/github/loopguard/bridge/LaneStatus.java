package io.github.loopguard.bridge;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A lane's limits, its use at one moment and its totals since it was created.
 * {@code submitted} is {@code rejected} plus all accepted calls.
 *
 * @param name name of the lane
 * @param kind what its work runs on
 * @param active calls that run now, the abandoned ones included
 * @param maxThreads most calls that run at the same time
 * @param queued calls that wait for a thread now
 * @param queueCapacity most calls that wait
 * @param open streams and sessions that are open now
 * @param maxOpen most streams and sessions that are open at the same time
 * @param lingering calls that still run although their subscriber is gone
 * @param submitted calls that requested a permit
 * @param rejected calls that were not admitted, for example with
 * {@link LaneFullException}
 * @param inPlace calls made by the lane's own threads, which ran in place and needed no
 * permit; not part of {@code submitted}
 * @param completed calls that ran and delivered their result, those in place included
 * @param failed calls whose code threw
 * @param cancelled calls whose subscriber cancelled before the end
 * @param timedOut calls that exceeded the queue timeout or the run timeout
 * @param abandoned calls that were left running without a subscriber
 * @param queueTime how long calls waited
 * @param runTime how long calls ran
 * @param oldestQueued how long the call that has waited longest has been waiting,
 * {@code null} if none waits, and in a {@link LaneFullException}, which is created
 * without searching the queue
 * @param sinceProgress about how long ago a call last began or ended
 * @param problem what does not work at the moment beside the calls, and why, {@code null}
 * if everything does
 * @since 0.1
 */
public record LaneStatus(String name, LaneKind kind, int active, int maxThreads, int queued, int queueCapacity,
		int open, int maxOpen, int lingering, long submitted, long rejected, long inPlace, long completed, long failed,
		long cancelled, long timedOut, long abandoned, Time queueTime, Time runTime, @Nullable Duration oldestQueued,
		Duration sinceProgress, @Nullable String problem) {

	/**
	 * Returns the estimated time to drain the queue, from the average run time; in a lane
	 * that does not get on, the time it has not: at least a second, at most a minute.
	 * @return the estimate
	 */
	Duration drainTime() {
		double mean = (double) this.runTime.total().toNanos() / Math.max(1, this.runTime.count());
		double drain = mean * (this.queued + 1) / Math.max(1, this.maxThreads);
		double seconds = Math.ceil(Math.max(drain, this.sinceProgress.toNanos()) / 1e9);
		return Duration.ofSeconds((long) Math.min(60, Math.max(1, seconds)));
	}

	/**
	 * Sum of durations.
	 *
	 * @param count how many
	 * @param total their sum
	 * @param max the longest
	 */
	public record Time(long count, Duration total, Duration max) {
	}

}
