package io.github.loopguard.blackbox.recorder;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.loopguard.blackbox.BlackBoxRecord.StallSeen;
import io.github.loopguard.detect.loop.LoopStall;

/**
 * What is recorded of one stall: its beginning, at growing intervals that it lasts, and
 * its end. The stack only if it has changed, and once a minute.
 */
final class RecordedStall {

	private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(200);

	private static final long LONGEST = TimeUnit.SECONDS.toNanos(30);

	private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

	/** So many stalls at once are recorded as often as one; more of them less often. */
	private static final int MANY = 16;

	private List<StackTraceElement> stack = List.of();

	private boolean begun;

	private boolean over;

	private long recordedAt;

	private long stackAt;

	boolean isDue(LoopStall stall, long now, int stalls) {
		if (!this.begun || stall.over()) {
			return !this.over;
		}
		long interval = Math.min(LONGEST, Math.max(SHORTEST, stall.duration().toNanos() / 4));
		return now - this.recordedAt >= interval * (1 + stalls / MANY);
	}

	StallSeen record(LoopStall stall, Instant at, long now) {
		boolean same = this.begun && now - this.stackAt < MINUTE && this.stack.equals(stall.stack());
		StackText text = same ? new StackText(List.of(), 0) : StackText.of(stall.stack(), stall.place());
		if (!same) {
			this.stack = stall.stack();
			this.stackAt = now;
		}
		this.begun = true;
		this.over = stall.over();
		this.recordedAt = now;
		return new StallSeen(at, stall.number(), stall.loop(), stall.threadId(), stall.duration(), stall.over(),
				stall.cause().name(), stall.blockedOn(), stall.heldBy(),
				(stall.place() != null) ? stall.place().toString() : null, stall.violation(), text.frames(),
				text.omitted());
	}

}
