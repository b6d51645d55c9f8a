package io.github.loopguard.detect.loop;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.loop.LoopState.Backlog;
import io.github.loopguard.detect.loop.LoopState.Delay;
import io.github.loopguard.detect.thread.ExecutorProgress;

/**
 * How long work has to wait for one event loop: for the end of a long turn, or until a
 * queue is empty again in which something waits.
 */
final class LoopDelays {

	/** Less is no backlog. */
	private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(50);

	private final DelayHistogram own = new DelayHistogram();

	private final DelayHistogram all;

	/** When the queue was last seen to be empty. */
	private long drained;

	private boolean pending;

	/** Most tasks that were seen to wait since then. */
	private int tasks;

	private volatile @Nullable Backlog backlog;

	LoopDelays(LoopGroup group, long now) {
		this.all = group.delays();
		this.drained = now;
	}

	/**
	 * Adds a look at a loop that works.
	 */
	void works(ExecutorProgress progress, long now, long interval) {
		Integer pending = progress.pending();
		if (pending != null && pending > 0) {
			this.pending = true;
			this.tasks = Math.max(this.tasks, pending);
		}
		else {
			drained(now, interval);
		}
	}

	/**
	 * Adds a look at a loop in whose queue nothing waits.
	 */
	void drained(long now, long interval) {
		long nanos = this.pending ? now - this.drained : 0;
		turn(nanos, interval);
		Backlog known = this.backlog;
		if (nanos >= SHORTEST && (known == null || nanos > known.duration().toNanos())) {
			this.backlog = new Backlog(Duration.ofNanos(nanos), this.tasks);
		}
		restart(now);
	}

	/**
	 * Adds a turn.
	 */
	void turn(long nanos, long interval) {
		this.own.addTurn(nanos, interval);
		this.all.addTurn(nanos, interval);
	}

	void restart(long now) {
		this.pending = false;
		this.tasks = 0;
		this.drained = now;
	}

	/**
	 * Returns the longest time for which tasks waited without a turn that took too long.
	 */
	@Nullable Backlog backlog() {
		return this.backlog;
	}

	void exclude(long nanos) {
		this.drained += nanos;
	}

	Delay snapshot() {
		return this.own.snapshot();
	}

}
