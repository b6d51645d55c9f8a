package io.github.loopguard.detect.loop;

import java.util.concurrent.TimeUnit;

import io.github.loopguard.detect.history.Hooked;
import io.github.loopguard.detect.loop.LoopState.Turn;
import io.github.loopguard.detect.waiting.StallImpact;
import io.github.loopguard.ledger.OccurrenceCounter;

/**
 * Follows turns that take long, from the first stack until they end.
 */
final class StallWatch {

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

	/** Frames that are kept of all turns that are under way. */
	private static final int MOST_FRAMES = 100_000;

	private final StallReporter reporter;

	private final StallLog log;

	private final StallImpact impact;

	private int frames;

	StallWatch(StallReporter reporter, StallLog log, StallImpact impact) {
		this.reporter = reporter;
		this.log = log;
		this.impact = impact;
	}

	/**
	 * Follows a stall.
	 * @param look what a look at the loop shows
	 * @param silent whether stalls are only counted
	 * @return whether a stack is to be taken
	 */
	boolean follow(WatchedLoop loop, Stall stall, Look look, LoopMonitorSettings settings, boolean silent) {
		if (look.moved()) {
			end(loop, stall, look.end(), settings, silent);
			return false;
		}
		stall.used(look.used());
		long lasted = look.now() - stall.start();
		boolean over = lasted >= settings.threshold(loop.group());
		if (over) {
			loop.over();
			this.log.lasts(loop, stall, look.now());
			Hooked hooked = this.reporter.hooked(loop);
			this.impact.lasts(loop.thread(), lasted, (hooked != null) ? hooked.held() : null);
		}
		if (lasted >= PATIENCE && !silent) {
			this.reporter.lasts(loop, stall, lasted, settings.threshold(loop.group()), settings);
		}
		return stall.isDue(look.now(), look.changed());
	}

	/**
	 * Gives a turn up whose end cannot be seen, because the loop has ended or is watched
	 * no more.
	 * @param silent whether the stall is only counted
	 */
	void giveUp(WatchedLoop loop, long now, LoopMonitorSettings settings, boolean silent) {
		Stall stall = loop.stall;
		if (stall != null) {
			end(loop, stall, loop.lookedAt() + (now - loop.lookedAt()) / 2, settings, silent);
		}
	}

	/**
	 * Forgets a turn, and what waits for it, if that was not told before, because
	 * something has failed.
	 */
	void drop(WatchedLoop loop, long now) {
		Stall stall = loop.stall;
		if (stall != null) {
			this.frames -= stall.frames();
			this.impact.ended(loop.thread(), Math.max(0, now - stall.start()), null);
			loop.ended(now);
		}
	}

	/**
	 * Follows what a stack shows.
	 * @param look what the look at the loop showed for which the stack was taken
	 * @param silent whether stalls are only counted
	 */
	void sampled(WatchedLoop loop, Look look, Sample sample, long now, LoopMonitorSettings settings, boolean silent) {
		Stall stall = loop.stall;
		Hooked hooked = this.reporter.hooked(loop);
		OccurrenceCounter held = (hooked != null) ? hooked.held() : null;
		loop.suspended(sample.suspended());
		if (sample.suspended()) {
			drop(loop, now);
		}
		else if (loop.isNamedOnly() ? sample.mayBeIdle(this.reporter::isApplication) : sample.isIdle()) {
			if (stall != null) {
				end(loop, stall, look.end(), settings, silent);
			}
			loop.idle(now);
		}
		else if (stall == null) {
			Stall.First first = new Stall.First(sample, held);
			this.frames += loop.stall(now, settings.threshold(loop.group()), first).frames();
		}
		else if (loop.isCertain(stall.latest(), sample)
				|| sample.continues(stall.latest(), this.reporter::isApplication)) {
			int before = stall.frames();
			stall.add(now, sample, held, this.frames < MOST_FRAMES);
			this.frames += stall.frames() - before;
		}
		else {
			end(loop, stall, stall.sampledAt() + (now - stall.sampledAt()) / 2, settings, silent);
		}
	}

	private void end(WatchedLoop loop, Stall stall, long end, LoopMonitorSettings settings, boolean silent) {
		long nanos = Math.max(0, end - stall.start());
		long threshold = settings.threshold(loop.group());
		try {
			if (nanos >= threshold) {
				Turn turn = this.reporter.ended(loop, stall, nanos, threshold, silent, settings);
				loop.stalled(turn, threshold / 5);
				this.log.ended(loop, stall, turn);
			}
			else {
				this.impact.ended(loop.thread(), nanos, null);
				if (stall.lasting != null) {
					stall.lasting.end(nanos);
				}
			}
		}
		finally {
			drop(loop, end);
		}
	}

}
