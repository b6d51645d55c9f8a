package io.github.loopguard.detect.loop;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.OutsideCalls.Hooked;
import io.github.loopguard.detect.loop.LoopState.Turn;
import io.github.loopguard.ledger.OccurrenceCounter;

/**
 * Follows turns that take long, from the first stack until they end.
 */
final class StallWatch {

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

	private final StallReporter reporter;

	StallWatch(StallReporter reporter) {
		this.reporter = reporter;
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
			loop.over(lasted, at(stall.latest()), (stall.lasting != null) ? stall.lasting.violation() : null);
		}
		if (lasted >= PATIENCE && !silent) {
			this.reporter.lasts(loop, stall, lasted, settings);
		}
		return !over || stall.isDue(look.now()) || look.changed();
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
		if (sample.isIdle()) {
			if (stall != null) {
				end(loop, stall, look.end(), settings, silent);
			}
			loop.idle(now);
		}
		else if (stall == null) {
			loop.stall(now, settings.threshold(loop.group()), sample, held);
		}
		else if (loop.isCertain(stall.latest(), sample)
				|| sample.continues(stall.latest(), this.reporter::isApplication)) {
			stall.add(now, sample, held);
		}
		else {
			end(loop, stall, stall.sampledAt() + (now - stall.sampledAt()) / 2, settings, silent);
		}
	}

	/**
	 * Returns the innermost frame of the application, or the innermost of all.
	 */
	private @Nullable StackTraceElement at(Sample sample) {
		for (StackTraceElement frame : sample.frames()) {
			if (this.reporter.isApplication(frame.getClassName())) {
				return frame;
			}
		}
		return sample.frames().isEmpty() ? null : sample.frames().get(0);
	}

	private void end(WatchedLoop loop, Stall stall, long end, LoopMonitorSettings settings, boolean silent) {
		long nanos = Math.max(0, end - stall.start());
		long threshold = settings.threshold(loop.group());
		if (nanos >= threshold) {
			Turn turn = this.reporter.ended(loop, stall, nanos, threshold, silent, settings);
			loop.stalled(turn, threshold / 5);
		}
		else if (stall.lasting != null) {
			stall.lasting.end(nanos);
		}
		loop.ended(end);
	}

}
