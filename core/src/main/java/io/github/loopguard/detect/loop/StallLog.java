package io.github.loopguard.detect.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Frame;
import io.github.loopguard.detect.loop.LoopState.Turn;
import io.github.loopguard.detect.stack.ThreadStack;
import io.github.loopguard.ledger.OccurrenceCounter;

/**
 * Shows stalls to other threads: those that last, and the last ones that are over.
 * Written by the monitor's thread only.
 */
final class StallLog {

	private static final int MOST_OVER = 64;

	private final Queue<LoopStall> over = new ArrayBlockingQueue<>(MOST_OVER);

	private final Predicate<String> application;

	private long count;

	/**
	 * Creates an empty log.
	 * @param application matches the names of classes of the application
	 */
	StallLog(Predicate<String> application) {
		this.application = application;
	}

	/**
	 * Shows a turn that takes too long already.
	 */
	void lasts(WatchedLoop loop, Stall stall, long now) {
		Shown known = loop.shown;
		if (known == null || known.stack != stall.latest() || known.since != stall.start()) {
			Sample latest = stall.latest();
			long nanos = now - stall.start();
			loop.shown = new Shown(latest, stall.start(), describe(loop, latest, new Turn(Duration.ofNanos(nanos),
					latest.cause(stall.isBusy(nanos)), latest.blockedOn(), latest.heldBy(), violation(stall)), false));
		}
	}

	private static @Nullable String violation(Stall stall) {
		OccurrenceCounter counter = (stall.lasting != null) ? stall.lasting.counter() : null;
		return (counter != null) ? counter.violationId() : null;
	}

	/**
	 * Shows a turn that took too long and is over.
	 */
	void ended(WatchedLoop loop, Stall stall, Turn turn) {
		LoopStall ended = describe(loop, stall.longest(), turn, true);
		while (!this.over.offer(ended)) {
			this.over.poll();
		}
	}

	/**
	 * Returns the stalls, those that are over first. May be called by any thread.
	 */
	List<LoopStall> all(Collection<WatchedLoop> loops) {
		List<LoopStall> all = new ArrayList<>(this.over);
		long now = System.nanoTime();
		for (WatchedLoop loop : loops) {
			Shown shown = loop.shown;
			if (shown != null) {
				all.add(shown.at(now));
			}
		}
		return all;
	}

	/**
	 * Describes a turn without keeping the classes on its stack alive.
	 */
	private LoopStall describe(WatchedLoop loop, Sample sample, Turn turn, boolean over) {
		Shown known = loop.shown;
		long number = (known != null) ? known.stall.number() : ++this.count;
		return new LoopStall(number, loop.name(), loop.id(), turn.duration(), over, turn.cause(), turn.blockedOn(),
				turn.heldBy(), place(sample.frames()), sample.frames().stream().map(ThreadStack::detached).toList(),
				turn.violation());
	}

	private @Nullable Frame place(List<StackTraceElement> frames) {
		return frames.stream()
			.filter((frame) -> this.application.test(frame.getClassName()))
			.findFirst()
			.or(() -> frames.stream().filter((frame) -> !Sample.isJdk(frame)).findFirst())
			.map(Frame::of)
			.orElse(null);
	}

	/**
	 * What is shown of a stall that lasts.
	 *
	 * @param stack the sample that is shown
	 * @param since when the turn began
	 * @param stall the stall when the sample was taken
	 */
	record Shown(Sample stack, long since, LoopStall stall) {

		private LoopStall at(long now) {
			return new LoopStall(this.stall.number(), this.stall.loop(), this.stall.threadId(),
					Duration.ofNanos(Math.max(0, now - this.since)), false, this.stall.cause(), this.stall.blockedOn(),
					this.stall.heldBy(), this.stall.place(), this.stall.stack(), this.stall.violation());
		}

	}

}
