package io.github.loopguard.detect.loop;

/**
 * Since when one event loop has been doing what it does, as far as its use of the CPU
 * tells. Confined to the monitor's thread.
 */
final class LoopActivity {

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

	LoopActivity(long now) {
		this.since = now;
		this.wokeAt = now;
	}

	/**
	 * Follows how the loop uses the CPU. From idleness it may have woken at any time
	 * since the last look: if it computes, the time that it has used tells when.
	 * @param woken whether it has woken, or gone on to other work
	 * @param cpu CPU time of its thread by now
	 * @param earliest when it may have begun something at the earliest: if the monitor
	 * itself came late, nobody is accused of the time in between
	 * @return whether it began to do something else
	 */
	boolean follow(Pace next, long before, long now, long used, boolean woken, long cpu, long earliest) {
		long since = this.since;
		if (woken) {
			this.since = Math.max(earliest, (next == Pace.ON) ? now - used : before + (now - before) / 2);
			this.wokeAt = this.since;
			this.head = Math.min(used, now - this.since);
			this.cpuBefore = cpu - this.head;
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
		return since != this.since;
	}

	/**
	 * Notes how the loop uses the CPU now.
	 * @return whether that is another way than before
	 */
	boolean pace(Pace next) {
		boolean changed = next != this.pace;
		this.pace = next;
		return changed;
	}

	/**
	 * Returns whether the loop has been in one piece of work for so long that its stack
	 * is worth taking.
	 * @param sampledAt when its stack was last taken
	 */
	boolean isSuspect(long now, long threshold, long sampledAt) {
		if (isFresh(now, threshold) && sampledAt < this.wokeAt) {
			return 10 * (now - this.wokeAt) >= 3 * threshold;
		}
		return 10 * (now - Math.max(this.since, sampledAt)) >= 6 * threshold;
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

	/**
	 * Returns whether the loop does not use the CPU, and has not for less than some time.
	 */
	boolean isQuiet(long now, long nanos) {
		return this.pace == Pace.OFF && now - this.since < nanos;
	}

	void idle(long now) {
		this.since = now;
	}

	/**
	 * Opens a stall.
	 * @param cpu CPU time of the thread by now
	 */
	Stall stall(long now, long threshold, long cpu, HeldMarks held, Stall.First first) {
		if (isFresh(now, threshold)) {
			return new Stall(this.wokeAt, now, cpu - this.cpuBefore, held.whenWoken(), first);
		}
		return isVague() ? new Stall(now, now, 0, held.atLast(), first)
				: new Stall(this.since, now, (this.pace == Pace.ON) ? now - this.since : 0, held.whenPaced(), first);
	}

	void ended(long now, long cpu) {
		this.since = now;
		this.wokeAt = now;
		this.cpuBefore = cpu;
		this.pace = Pace.MIXED;
	}

	/**
	 * Leaves time out during which the JVM stood still.
	 */
	void exclude(long nanos) {
		this.since += nanos;
		this.started += nanos;
		this.wokeAt += nanos;
	}

}
