package io.github.loopguard.detect.loop;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.OutsideCalls.Hooked;
import io.github.loopguard.detect.loop.LoopState.State;
import io.github.loopguard.detect.loop.LoopState.Stuck;
import io.github.loopguard.detect.loop.LoopState.Turn;
import io.github.loopguard.detect.thread.ExecutorProgress;
import io.github.loopguard.ledger.OccurrenceCounter;

/**
 * What the monitor keeps for one event loop, and what follows from two looks at it: how
 * much CPU time its thread has used, and whether its executor has gone on. Confined to
 * the monitor's thread, except for {@link #state}.
 */
final class WatchedLoop {

	private static final double MEMORY = TimeUnit.SECONDS.toNanos(30);

	private final Reference<Thread> thread;

	private final long id;

	private final String name;

	private final LoopGroup group;

	private final LoopDelays delays;

	private @Nullable ExecutorProgress progress;

	private long lookedAt;

	private long cpu;

	private long stamp;

	private long stopped;

	private boolean idle;

	private Pace pace = Pace.MIXED;

	/** When the loop began to use the CPU as it does now, or to go on with other work. */
	private long since;

	/** How much CPU time it had used in this way when that was noticed. */
	private long head;

	/** When the loop was last noticed to have woken, or to have gone on to other work. */
	private long started;

	/** When it did so, and the CPU time of its thread before. */
	private long wokeAt;

	private long cpuBefore;

	private final HeldMarks held = new HeldMarks();

	private double utilization;

	private volatile long stalls;

	private volatile long stops;

	private volatile @Nullable Stuck stuck;

	private volatile boolean busy;

	private volatile @Nullable Turn longest;

	@Nullable Stall stall;

	/** What hooks have seen on the loop, as soon as one has fired. */
	@Nullable Hooked hooked;

	/** When a stack was last taken. */
	long sampledAt;

	WatchedLoop(Thread thread, LoopGroup group, long now, long cpu, StopWatch stops) {
		this.thread = new WeakReference<>(thread);
		this.id = thread.getId();
		this.name = thread.getName();
		this.group = group;
		this.progress = ExecutorProgress.of(thread);
		this.lookedAt = now;
		this.since = now;
		this.wokeAt = now;
		this.delays = new LoopDelays(group, now);
		this.cpu = cpu;
		this.stopped = stops.total();
	}

	/**
	 * Looks at the loop.
	 * @param now the time
	 * @param cpu CPU time of its thread, or -1 if unknown
	 * @param stops when the JVM stood still
	 * @return what happened since the last look
	 */
	Look look(long now, long cpu, StopWatch stops) {
		long ran = (cpu < 0) ? 0 : Math.max(0, cpu - this.cpu);
		exclude(stops, ran);
		long before = this.lookedAt;
		long interval = Math.max(1, now - before);
		long used = (cpu < 0) ? interval / 2 : Math.min(interval, ran);
		long stamp = stamp();
		boolean moved = stamp != this.stamp;
		this.lookedAt = now;
		this.cpu = cpu;
		this.stamp = stamp;
		this.utilization += (used - this.utilization * interval) / MEMORY;
		if (this.idle && used == 0 && !moved) {
			this.delays.drained(now, interval);
			return new Look(before, now, 0, false, false);
		}
		Pace next = Pace.of(used, interval);
		if (this.stall == null) {
			this.busy = true;
			this.delays.works(this.progress, now, interval);
			long since = this.since;
			boolean woken = this.idle || moved;
			follow(next, before, now, used, woken);
			this.held.look(this.hooked, since != this.since, woken);
		}
		boolean changed = next != this.pace;
		this.pace = next;
		this.idle = false;
		return new Look(before, now, used, moved, changed);
	}

	/**
	 * Follows how the loop uses the CPU. From idleness it may have woken at any time
	 * since the last look: if it computes, the time that it has used tells when.
	 */
	private void follow(Pace next, long before, long now, long used, boolean woken) {
		if (woken) {
			this.since = (next == Pace.ON) ? now - used : before + (now - before) / 2;
			this.wokeAt = this.since;
			this.cpuBefore = this.cpu - used;
			this.head = used;
			this.pace = next;
			this.started = now;
		}
		else if (this.started == before && next == Pace.ON) {
			this.since = before - this.head;
			this.wokeAt = this.since;
		}
		else if (this.started != before && next != this.pace) {
			this.since = (next == Pace.ON) ? now - used : before;
		}
	}

	/**
	 * Returns whether the loop has been in one piece of work for so long that its stack
	 * is worth taking.
	 */
	boolean isSuspect(long now, long threshold) {
		if (this.idle || this.stall != null) {
			return false;
		}
		if (isFresh(now, threshold) && this.sampledAt < this.wokeAt) {
			return 10 * (now - this.wokeAt) >= ((this.pace == Pace.MIXED) ? 3 : 6) * threshold;
		}
		return 10 * (now - Math.max(this.since, this.sampledAt)) >= 6 * threshold;
	}

	/**
	 * Returns whether the loop has not worked for longer than a turn may take, so that
	 * all of it is likely to be the same turn.
	 */
	boolean isFresh(long now, long threshold) {
		return now - this.wokeAt <= threshold;
	}

	/**
	 * Returns whether the loop works and waits by turns, so that it most likely is in no
	 * long turn.
	 */
	boolean isVague() {
		return this.pace == Pace.MIXED;
	}

	/** Notes that the loop waits for work. */
	void idle(long now) {
		this.idle = true;
		this.busy = false;
		this.since = now;
	}

	/** Opens a stall. */
	Stall stall(long now, long threshold, Sample sample, @Nullable OccurrenceCounter call) {
		boolean fresh = isFresh(now, threshold);
		long start = fresh ? this.wokeAt : (this.pace == Pace.MIXED) ? now : this.since;
		long held = fresh ? this.held.whenWoken()
				: (this.pace == Pace.MIXED) ? this.held.atLast() : this.held.whenPaced();
		Stall stall = new Stall(start, now,
				fresh ? this.cpu - this.cpuBefore : (this.pace == Pace.ON) ? now - start : 0, held, sample, call);
		this.stall = stall;
		return stall;
	}

	/**
	 * Returns whether the loop is certainly still in the same piece of work.
	 */
	boolean isCertain(Sample earlier, Sample later) {
		ExecutorProgress progress = this.progress;
		return progress != null && progress.isExact() && earlier.isInTask() && later.isInTask();
	}

	/** Notes that the turn took too long. */
	void stalled(Turn turn, long interval) {
		this.stalls++;
		this.group.stalled();
		this.delays.turn(turn.duration().toNanos(), interval);
		Turn longest = this.longest;
		if (longest == null || longest.duration().compareTo(turn.duration()) < 0) {
			this.longest = turn;
		}
	}

	void ended(long now) {
		this.stall = null;
		this.stuck = null;
		this.since = now;
		this.wokeAt = now;
		this.cpuBefore = this.cpu;
		this.delays.restart(now);
		this.held.restart(this.hooked);
		this.pace = Pace.MIXED;
	}

	void over(long nanos, @Nullable StackTraceElement at, @Nullable String violation) {
		this.stuck = new Stuck(this.name, Duration.ofNanos(nanos), at, violation);
	}

	@Nullable Stuck stuck() {
		return this.stuck;
	}

	@Nullable Thread thread() {
		return this.thread.get();
	}

	long id() {
		return this.id;
	}

	String group() {
		return this.group.name();
	}

	LoopState state() {
		ExecutorProgress progress = this.progress;
		State state = (this.stuck != null) ? State.STALLED : this.busy ? State.BUSY : State.IDLE;
		return new LoopState(this.name, this.group.name(), this.id, state, this.delays.snapshot(),
				Math.min(1, Math.max(0, Math.round(this.utilization * 1_000) / 1_000d)), this.stalls,
				(progress != null) ? progress.pending() : null, this.stops, this.longest);
	}

	/**
	 * Leaves time out during which the JVM stood still.
	 * @param ran how long the loop ran all the same
	 */
	void exclude(StopWatch stops, long ran) {
		long still = stops.total() - this.stopped;
		if (still == 0) {
			return;
		}
		this.stopped += still;
		this.stops++;
		long nanos = Math.max(0, still - ran);
		this.lookedAt += nanos;
		this.since += nanos;
		this.started += nanos;
		this.wokeAt += nanos;
		this.delays.exclude(nanos);
		Stall stall = this.stall;
		if (stall != null) {
			stall.exclude(nanos);
		}
	}

	private long stamp() {
		ExecutorProgress progress = this.progress;
		if (progress == null) {
			Thread thread = this.thread.get();
			progress = (thread != null) ? ExecutorProgress.of(thread) : null;
			this.progress = progress;
		}
		return (progress != null) ? progress.stamp() : 0;
	}

}
