package io.github.loopguard.blackbox.recorder;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.blackbox.recorder.StallAnswer.Condition;
import io.github.loopguard.blackbox.recorder.StallAnswer.Saturated;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.detect.loop.LoopMonitor;
import io.github.loopguard.detect.loop.LoopStall;
import io.github.loopguard.detect.loop.LoopState;

/**
 * Finds out how the event loops are doing as a whole. Confined to one thread.
 */
final class LoopCondition {

	/** A turn that lasts for so long holds the loop, rather than that it is slow. */
	private static final Duration STUCK = Duration.ofSeconds(1);

	/** A queue that has not been empty for so long is more than a burst. */
	private static final long SATURATED = TimeUnit.SECONDS.toNanos(2);

	/** What the JVM stood still for longer than lately explains what others notice. */
	private static final long STOPPED = TimeUnit.MILLISECONDS.toNanos(500);

	/** However long the JVM stood still, that explains nothing for longer than 10 s. */
	private static final long LONGEST_STOPPED = TimeUnit.MILLISECONDS.toNanos(1_500);

	/** How much longer than it stood still that is remembered. */
	private static final int MEMORY = 10;

	private static final double HARDLY_IDLE = 0.9;

	private final LoopMonitor monitor;

	/** Since when loops have had more work than they could do. */
	private Map<Long, Long> saturated = Map.of();

	private long lookedAt = System.nanoTime();

	private Duration stopped;

	/** For how long the JVM stood still lately, in nanoseconds. */
	private long stoppedLately;

	LoopCondition(LoopMonitor monitor) {
		this.monitor = monitor;
		this.stopped = monitor.stoppedFor();
	}

	/**
	 * Looks at the loops. To be called several times a second.
	 * @param now the time in nanoseconds
	 */
	List<LoopState> look(long now) {
		List<LoopState> loops = this.monitor.loops();
		Map<Long, Long> saturated = new HashMap<>();
		for (LoopState loop : loops) {
			if (isSaturated(loop)) {
				saturated.put(loop.threadId(), this.saturated.getOrDefault(loop.threadId(), now));
			}
		}
		this.saturated = saturated;
		Duration stopped = this.monitor.stoppedFor();
		long remembered = Math.max(0, this.stoppedLately - (now - this.lookedAt) / MEMORY);
		this.stoppedLately = Math.min(LONGEST_STOPPED, remembered + stopped.minus(this.stopped).toNanos());
		this.stopped = stopped;
		this.lookedAt = now;
		return loops;
	}

	/**
	 * Returns how the loops are doing.
	 * @param now the time in nanoseconds
	 */
	StallAnswer answer(long now) {
		List<LoopState> loops = look(now);
		List<LoopStall> stuck = this.monitor.stalls()
			.stream()
			.filter((stall) -> !stall.over() && stall.duration().compareTo(STUCK) >= 0)
			.sorted(Comparator.comparing(LoopStall::duration).reversed())
			.toList();
		List<Saturated> saturated = loops.stream()
			.map((loop) -> saturated(loop, now))
			.filter((it) -> it != null && it.duration().toNanos() >= SATURATED)
			.toList();
		boolean stopped = this.stoppedLately > STOPPED;
		Condition condition = (this.monitor.status().state() == State.OFF) ? Condition.UNKNOWN
				: !stuck.isEmpty() ? Condition.STUCK
						: stopped ? Condition.STOPPED : !saturated.isEmpty() ? Condition.SATURATED : Condition.FINE;
		return new StallAnswer(condition, loops.size(), stuck, saturated, this.monitor.stopped());
	}

	private @Nullable Saturated saturated(LoopState loop, long now) {
		Long since = this.saturated.get(loop.threadId());
		return (since != null) ? new Saturated(loop.name(), Duration.ofNanos(now - since), loop.pending()) : null;
	}

	private static boolean isSaturated(LoopState loop) {
		Integer pending = loop.pending();
		return loop.state() == LoopState.State.BUSY
				&& ((pending != null && pending > 0) || loop.utilization() >= HARDLY_IDLE);
	}

}
