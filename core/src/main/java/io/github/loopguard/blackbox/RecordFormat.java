package io.github.loopguard.blackbox;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.blackbox.BlackBoxRecord.LoopSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.StallSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.StoppedSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.ViolationSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.ViolationsDropped;

/**
 * The layout of records. What a kind of record has may grow at its end; other changes
 * need another version of the file.
 */
final class RecordFormat {

	private static final byte LOOP = 1;

	private static final byte STALL = 2;

	private static final byte VIOLATION = 3;

	private static final byte STOPPED = 4;

	private static final byte DROPPED = 5;

	private static final int MOST_FRAMES = 128;

	private static final int PER_MILLE = 1_000;

	private static final int UNKNOWN = -1;

	private RecordFormat() {
	}

	static void encode(BlackBoxRecord record, RecordOutput out) {
		out.put(kind(record));
		out.put(record.at());
		if (record instanceof LoopSeen loop) {
			encode(loop, out);
		}
		else if (record instanceof StallSeen stall) {
			encode(stall, out);
		}
		else if (record instanceof ViolationSeen violation) {
			encode(violation, out);
		}
		else if (record instanceof StoppedSeen stopped) {
			out.put(stopped.count());
			out.put(stopped.total());
		}
		else if (record instanceof ViolationsDropped dropped) {
			out.put(dropped.count());
		}
	}

	/**
	 * Reads a record.
	 * @return the record, or {@code null} if it is of a kind that this version does not
	 * know
	 */
	static @Nullable BlackBoxRecord decode(RecordInput in) {
		return switch (in.kind()) {
			case LOOP -> loop(in);
			case STALL -> stall(in);
			case VIOLATION -> violation(in);
			case STOPPED -> new StoppedSeen(in.instant(), in.number(), in.duration());
			case DROPPED -> new ViolationsDropped(in.instant(), in.number());
			default -> null;
		};
	}

	private static byte kind(BlackBoxRecord record) {
		return (record instanceof LoopSeen) ? LOOP : (record instanceof StallSeen) ? STALL
				: (record instanceof ViolationSeen) ? VIOLATION : (record instanceof StoppedSeen) ? STOPPED : DROPPED;
	}

	private static void encode(LoopSeen loop, RecordOutput out) {
		out.put(loop.loop());
		out.put(loop.threadId());
		out.put(loop.state());
		out.put((int) Math.round(loop.utilization() * PER_MILLE));
		out.put((loop.pending() != null) ? loop.pending() : UNKNOWN);
		out.put(loop.turnsOverThreshold());
		out.put(loop.stopped());
		out.put(loop.longestDelay());
	}

	private static LoopSeen loop(RecordInput in) {
		return new LoopSeen(in.instant(), in.text(), in.number(), in.text(), (double) in.integer() / PER_MILLE,
				known(in.integer()), in.number(), in.number(), in.duration());
	}

	private static @Nullable Integer known(int pending) {
		return (pending >= 0) ? pending : null;
	}

	private static void encode(StallSeen stall, RecordOutput out) {
		out.put(stall.number());
		out.put(stall.loop());
		out.put(stall.threadId());
		out.put(stall.duration());
		out.put(stall.over());
		out.put(stall.cause());
		out.put(stall.blockedOn());
		out.put(stall.heldBy());
		out.put(stall.place());
		out.put(stall.violation());
		int put = out.put(stall.stack(), MOST_FRAMES);
		out.put(stall.omitted() + stall.stack().size() - put);
	}

	private static StallSeen stall(RecordInput in) {
		return new StallSeen(in.instant(), in.number(), in.text(), in.number(), in.duration(), in.flag(), in.text(),
				in.optionalText(), in.optionalText(), in.optionalText(), in.optionalText(), in.texts(), in.integer());
	}

	private static void encode(ViolationSeen violation, RecordOutput out) {
		out.put(violation.id());
		out.put(violation.rule());
		out.put(violation.api());
		out.put(violation.origin());
		out.put(violation.action());
		out.put(violation.detectors());
		out.put(violation.place());
		out.put(violation.threads());
		out.put(violation.route());
		out.put(violation.traceId());
		out.put(violation.fix());
	}

	private static ViolationSeen violation(RecordInput in) {
		return new ViolationSeen(in.instant(), in.text(), in.text(), in.text(), in.text(), in.text(), in.texts(),
				in.optionalText(), in.texts(), in.optionalText(), in.optionalText(), in.text());
	}

}
