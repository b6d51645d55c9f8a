package io.github.loopguard.detect.loop;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.loop.LoopState.Backlog;
import io.github.loopguard.detect.loop.LoopState.Delay;
import io.github.loopguard.detect.loop.LoopState.State;
import io.github.loopguard.detect.loop.LoopState.Turn;

/**
 * What is shown of one event loop. Written by the monitor's thread, read by any.
 */
final class LoopStatistics {

	private static final double MEMORY = TimeUnit.SECONDS.toNanos(30);

	private final String name;

	private final LoopGroup group;

	private final long id;

	private volatile double utilization;

	private volatile long stalls;

	private volatile long stops;

	private volatile State state = State.BUSY;

	private volatile @Nullable Turn longest;

	LoopStatistics(Thread thread, LoopGroup group) {
		this.name = thread.getName();
		this.group = group;
		this.id = thread.getId();
	}

	/**
	 * Notes how much of the CPU the loop has used.
	 */
	void used(long nanos, long interval) {
		double memory = Math.max(MEMORY, interval);
		double before = this.utilization;
		this.utilization = before + (nanos - before * interval) / memory;
	}

	void state(State state) {
		this.state = state;
	}

	void stopped() {
		this.stops = this.stops + 1;
	}

	/**
	 * Notes that a turn took too long.
	 */
	void stalled(Turn turn) {
		this.stalls = this.stalls + 1;
		this.group.stalled();
		Turn longest = this.longest;
		if (longest == null || longest.duration().compareTo(turn.duration()) < 0) {
			this.longest = turn;
		}
	}

	LoopGroup group() {
		return this.group;
	}

	String name() {
		return this.name;
	}

	long id() {
		return this.id;
	}

	/**
	 * Returns the share of the time for which the loop has used the CPU lately.
	 */
	double utilization() {
		return Math.min(1, Math.max(0, Math.round(this.utilization * 1_000) / 1_000d));
	}

	LoopState snapshot(Delay delay, @Nullable Integer pending, @Nullable Backlog backlog) {
		return new LoopState(this.name, this.group.name(), this.id, this.state, delay, utilization(), this.stalls,
				pending, this.stops, this.longest, backlog);
	}

}
