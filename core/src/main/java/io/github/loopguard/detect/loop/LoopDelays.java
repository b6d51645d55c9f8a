package io.github.loopguard.detect.loop;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.loop.LoopState.Delay;
import io.github.loopguard.detect.thread.ExecutorProgress;

/**
 * How long work has to wait for one event loop: for the end of a long turn, or until a
 * queue is empty again in which something waits.
 */
final class LoopDelays {

	private final DelayHistogram own = new DelayHistogram();

	private final DelayHistogram all;

	/** When the queue was last seen to be empty. */
	private long drained;

	private boolean pending;

	LoopDelays(LoopGroup group, long now) {
		this.all = group.delays();
		this.drained = now;
	}

	/**
	 * Adds a look at a loop that works.
	 */
	void works(@Nullable ExecutorProgress progress, long now, long interval) {
		Integer pending = (progress != null) ? progress.pending() : null;
		if (pending != null && pending > 0) {
			this.pending = true;
		}
		else {
			drained(now, interval);
		}
	}

	/**
	 * Adds a look at a loop in whose queue nothing waits.
	 */
	void drained(long now, long interval) {
		turn(this.pending ? now - this.drained : 0, interval);
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
		this.drained = now;
	}

	void exclude(long nanos) {
		this.drained += nanos;
	}

	Delay snapshot() {
		return this.own.snapshot();
	}

}
