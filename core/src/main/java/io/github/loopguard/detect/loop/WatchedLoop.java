package io.github.loopguard.detect.loop;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.EventLoops;
import io.github.loopguard.detect.history.Hooked;
import io.github.loopguard.detect.loop.LoopState.State;
import io.github.loopguard.detect.loop.LoopState.Turn;
import io.github.loopguard.detect.thread.ExecutorProgress;
import io.github.loopguard.detect.timeline.Timeline;
import io.github.loopguard.detect.timeline.Timeline.LongTurn;
import io.github.loopguard.ledger.OccurrenceCounter;

/**
 * What the monitor keeps for one event loop, and what follows from two looks at it: how
 * much CPU time its thread has used, and whether its executor has gone on. Confined to
 * the monitor's thread, except for {@link #state}.
 */
final class WatchedLoop {

	private final Reference<Thread> thread;

	private final LoopStatistics statistics;

	private final LoopDelays delays;

	private ExecutorProgress progress;

	private long lookedAt;

	private final CpuUse cpu;

	private long stamp;

	/** How many tasks its executor had taken. */
	private long taken;

	private long stopped;

	/** Whether it waits for work, and whether it did before the last look. */
	private boolean idle, woken;

	/** Whether its executor told at the last look that it waits for work, or does not. */
	private boolean waiting, awake;

	private final LoopActivity activity;

	final HeldMarks held = new HeldMarks();

	volatile @Nullable Stall stall;

	/** What other threads are shown of the stall. */
	volatile StallLog.@Nullable Shown shown;

	/** What hooks have seen on the loop, as soon as one has fired. */
	@Nullable Hooked hooked;

	/** Where Linux shows its thread, once that is known. */
	@Nullable Path task;

	/** When a stack was last taken. */
	long sampledAt;

	private final boolean namedOnly;

	/** The thread while its turn is followed, so that its end can be told. */
	private @Nullable Thread stuck;

	private boolean suspended;

	/**
	 * Creates what is kept for an event loop.
	 * @param namedOnly whether nothing but the name of the thread shows what it is
	 */
	WatchedLoop(Thread thread, boolean namedOnly, LoopGroup group, long now, long cpu, StopWatch stops) {
		this.thread = new WeakReference<>(thread);
		this.statistics = new LoopStatistics(thread, group);
		this.namedOnly = namedOnly;
		this.progress = ExecutorProgress.of(thread);
		this.lookedAt = now;
		this.activity = new LoopActivity(now);
		this.delays = new LoopDelays(group, now);
		this.cpu = new CpuUse(this.statistics, cpu, now);
		this.stopped = stops.total();
	}

	/**
	 * Begins a look at the loop.
	 * @return whether the CPU time of its thread is needed
	 */
	boolean isCpuTimeNeeded(long now) {
		this.waiting = this.stall == null && (this.progress.isWaiting()
				|| (this.idle && this.progress.readsNothing() && hasTakenNothing() && pending() == 0));
		this.awake = this.progress.isAtWork();
		return !this.waiting || this.cpu.isDue(now);
	}

	/**
	 * Looks at the loop.
	 * @param now the time
	 * @param period how often it is looked at
	 * @param many whether there are many loops, so that each costs little
	 * @param cpu CPU time of its thread, or -1 if unknown or not needed
	 * @param stops when the JVM stood still
	 * @return what happened since the last look
	 */
	Look look(long now, long period, boolean many, long cpu, StopWatch stops) {
		long ran = this.cpu.add(cpu, this.lookedAt, now);
		exclude(stops, ran);
		long before = this.lookedAt;
		long interval = Math.max(1, now - before);
		long used = (cpu < 0) ? interval / 2 : Math.min(interval, ran);
		this.lookedAt = now;
		if (this.waiting) {
			idle(now);
			this.delays.drained(now, interval);
			this.held.look(this.hooked, false, false);
			return new Look(before, now, used, false, false);
		}
		long stamp = this.progress.stamp();
		boolean moved = stamp != this.stamp;
		boolean tick = used > 0 && this.idle && many && hasTakenNothing() && this.cpu.isTick(now, period, used);
		this.stamp = stamp;
		this.taken = this.progress.taken();
		if (this.idle && mayWait() && (tick ? isRunnable() : used == 0 && !moved && !this.cpu.isTickMissing(now))) {
			this.delays.drained(now, interval);
			return new Look(before, now, 0, false, false);
		}
		Pace next = Pace.of(used, interval);
		if (this.stall == null) {
			this.statistics.state(State.BUSY);
			this.delays.works(this.progress, now, interval);
			boolean went = this.idle || moved;
			boolean begun = this.activity.follow(next, before, now, used, went, cpu, now - Look.most(period));
			this.held.look(this.hooked, begun, went);
		}
		this.woken = this.idle;
		this.idle = false;
		return new Look(before, now, used, moved, this.activity.pace(next));
	}

	/** Returns whether nothing shows that it does not wait for work. */
	private boolean mayWait() {
		return !this.awake && pending() == 0;
	}

	/** Returns whether its thread does what it does where the JDK's selector waits. */
	private boolean isRunnable() {
		Thread thread = this.thread.get();
		return thread != null && thread.getState() == Thread.State.RUNNABLE;
	}

	/**
	 * Returns whether it has been in one piece of work for so long that a stack is worth
	 * it.
	 * @param many whether there are many loops: then those are left alone for longer that
	 * go on, or most likely wait for work
	 */
	boolean isSuspect(Look look, long threshold, boolean many) {
		return !this.idle && this.stall == null && this.activity.isSuspect(look.now(), threshold, this.sampledAt)
				&& !(many && (this.activity.isVague() ? look.moved() && !this.woken
						: this.activity.isQuiet(look.now(), 2 * threshold) && mayWait() && isRunnable()));
	}

	LoopActivity activity() {
		return this.activity;
	}

	void idle(long now) {
		this.idle = true;
		this.statistics.state(State.IDLE);
		this.activity.idle(now);
		this.cpu.verified();
	}

	Stall stall(long now, long threshold, Stall.First first) {
		Stall stall = this.activity.stall(now, threshold, this.cpu.total(), this.held, first);
		this.stall = stall;
		this.stuck = this.thread.get();
		return stall;
	}

	/** Returns whether the loop is certainly still in the same piece of work. */
	boolean isCertain(Sample earlier, Sample later) {
		return this.progress.isExact() && earlier.isInTask() && later.isInTask();
	}

	/** Notes that the turn took too long. */
	void stalled(Turn turn, long interval) {
		this.statistics.stalled(turn);
		this.delays.turn(turn.duration().toNanos(), interval);
		Timeline.turn(new LongTurn(this.statistics.name(), turn.duration().toNanos(), turn.cause().name(),
				turn.blockedOn(), turn.heldBy(), turn.violation()));
	}

	void ended(long now) {
		this.stall = null;
		this.shown = null;
		this.stuck = null;
		this.statistics.state(State.BUSY);
		this.activity.ended(now, this.cpu.total());
		this.delays.restart(now);
		this.held.restart(this.hooked);
	}

	void over() {
		this.statistics.state(State.STALLED);
	}

	/** Notes whether a debugger holds the thread. */
	void suspended(boolean suspended) {
		if (suspended && !this.suspended) {
			this.statistics.stopped();
		}
		this.suspended = suspended;
	}

	/**
	 * Returns whether the thread still is an event loop with the same executor as before.
	 */
	boolean isCurrent() {
		Thread thread = this.thread.get();
		if (this.progress == ExecutorProgress.NONE && thread != null) {
			this.progress = ExecutorProgress.of(thread);
			this.stamp = this.progress.stamp();
		}
		return thread != null && thread.isAlive() && EventLoops.isWatched(thread) && this.progress.isOf(thread);
	}

	boolean isNamedOnly() {
		return this.namedOnly;
	}

	long lookedAt() {
		return this.lookedAt;
	}

	@Nullable Thread thread() {
		Thread stuck = this.stuck;
		return (stuck != null) ? stuck : this.thread.get();
	}

	long id() {
		return this.statistics.id();
	}

	String name() {
		return this.statistics.name();
	}

	String group() {
		return this.statistics.group().name();
	}

	double utilization() {
		return this.statistics.utilization();
	}

	/** Returns the number of tasks that wait in its queue, zero if it is not known. */
	int pending() {
		Integer pending = this.progress.pending();
		return (pending != null) ? pending : 0;
	}

	LoopState state() {
		return this.statistics.snapshot(this.delays.snapshot(), this.progress.pending(), this.delays.backlog());
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
		this.statistics.stopped();
		long nanos = Math.max(0, still - ran);
		this.lookedAt += nanos;
		this.activity.exclude(nanos);
		this.delays.exclude(nanos);
		Stall stall = this.stall;
		if (stall != null) {
			stall.exclude(nanos);
		}
	}

	/** Returns whether its executor certainly has begun no task since the last look. */
	private boolean hasTakenNothing() {
		return this.progress.isExact() && this.progress.taken() == this.taken;
	}

}
