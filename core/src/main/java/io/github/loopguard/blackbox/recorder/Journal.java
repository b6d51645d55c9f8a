package io.github.loopguard.blackbox.recorder;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.loopguard.blackbox.BlackBoxRecord;
import io.github.loopguard.blackbox.BlackBoxRecord.LoopSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.StoppedSeen;
import io.github.loopguard.detect.loop.LoopMonitor;
import io.github.loopguard.detect.loop.LoopStall;
import io.github.loopguard.detect.loop.LoopState;

/**
 * Decides what of the event loops is worth a record: what has changed, and everything
 * once a minute, because the oldest records are written over.
 */
final class Journal {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

	/** So many loops are recorded every second; more of them less often. */
	private static final int MANY_LOOPS = 64;

	/** Garbage collections that are shorter are not worth a record. */
	private static final Duration LEAST_STOP = Duration.ofMillis(100);

	private static final double LEAST_CHANGE = 0.05;

	private final LoopMonitor monitor;

	private final Consumer<BlackBoxRecord> out;

	private final Map<Long, RecordedLoop> loops = new HashMap<>();

	private final Map<Long, RecordedStall> stalls = new HashMap<>();

	private boolean begun;

	private long lookedAt;

	private Duration stopped = Duration.ZERO;

	/**
	 * Creates a journal in which nothing is recorded so far.
	 * @param monitor knows how event loops are doing
	 * @param out takes the records
	 */
	Journal(LoopMonitor monitor, Consumer<BlackBoxRecord> out) {
		this.monitor = monitor;
		this.out = out;
	}

	/**
	 * Records what is new.
	 * @param at the time
	 * @param now the time in nanoseconds
	 */
	void look(Instant at, long now) {
		lookAtStalls(at, now);
		if (!this.begun || now - this.lookedAt >= SECOND * (1 + this.loops.size() / MANY_LOOPS)) {
			this.begun = true;
			this.lookedAt = now;
			lookAtLoops(at, now);
			Duration stopped = this.monitor.stoppedFor();
			if (stopped.minus(this.stopped).compareTo(LEAST_STOP) >= 0) {
				this.stopped = stopped;
				this.out.accept(new StoppedSeen(at, this.monitor.stopped(), stopped));
			}
		}
	}

	private void lookAtLoops(Instant at, long now) {
		Set<Long> living = new HashSet<>();
		for (LoopState loop : this.monitor.loops()) {
			living.add(loop.threadId());
			RecordedLoop known = this.loops.get(loop.threadId());
			if (known == null || now - known.at >= MINUTE || isOther(known.state, loop)) {
				this.loops.put(loop.threadId(), new RecordedLoop(loop, now));
				this.out.accept(new LoopSeen(at, loop.name(), loop.threadId(), loop.state().name(), loop.utilization(),
						loop.pending(), loop.turnsOverThreshold(), loop.stopped(), loop.delay().max()));
			}
		}
		this.loops.keySet().retainAll(living);
	}

	private static boolean isOther(LoopState one, LoopState other) {
		return one.state() != other.state() || one.turnsOverThreshold() != other.turnsOverThreshold()
				|| one.stopped() != other.stopped() || !one.delay().max().equals(other.delay().max())
				|| Math.abs(one.utilization() - other.utilization()) >= LEAST_CHANGE || isQueueOther(one, other);
	}

	private static boolean isQueueOther(LoopState one, LoopState other) {
		return (one.pending() != null) ? !one.pending().equals(other.pending()) : other.pending() != null;
	}

	private void lookAtStalls(Instant at, long now) {
		List<LoopStall> all = this.monitor.stalls();
		Set<Long> shown = new HashSet<>();
		for (LoopStall stall : all) {
			shown.add(stall.number());
			RecordedStall known = this.stalls.computeIfAbsent(stall.number(), (number) -> new RecordedStall());
			if (known.isDue(stall, now, all.size())) {
				this.out.accept(known.record(stall, at, now));
			}
		}
		this.stalls.keySet().retainAll(shown);
	}

	private record RecordedLoop(LoopState state, long at) {
	}

}
