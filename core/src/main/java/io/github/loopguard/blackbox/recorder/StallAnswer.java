package io.github.loopguard.blackbox.recorder;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.loop.LoopStall;

/**
 * How the event loops are doing as a whole.
 *
 * @param condition what describes it
 * @param loops number of loops
 * @param stuck the loops that are stuck, for the longest time first
 * @param saturated the loops that have more work than they can do
 * @param stopped how often the JVM has stood still since its start
 */
record StallAnswer(Condition condition, int loops, List<LoopStall> stuck, List<Saturated> saturated, long stopped) {

	/** So many loops of a kind are named. */
	private static final int MOST_NAMED = 16;

	/**
	 * Returns whether a loop has been stuck for so long that the application does not
	 * work.
	 */
	boolean isDown(Duration limit) {
		return this.stuck.stream().anyMatch((stall) -> stall.duration().compareTo(limit) >= 0);
	}

	String json() {
		StringBuilder json = new StringBuilder(512);
		json.append("{\"schema\":1,\"state\":").append(text(this.condition.name().toLowerCase(Locale.ROOT)));
		json.append(",\"loops\":").append(this.loops);
		json.append(",\"stuckLoops\":").append(this.stuck.size());
		json.append(",\"saturatedLoops\":").append(this.saturated.size());
		json.append(",\"stopped\":").append(this.stopped);
		json.append(",\"stuck\":[");
		for (int i = 0; i < Math.min(MOST_NAMED, this.stuck.size()); i++) {
			append(json.append((i > 0) ? "," : ""), this.stuck.get(i));
		}
		json.append("],\"saturated\":[");
		for (int i = 0; i < Math.min(MOST_NAMED, this.saturated.size()); i++) {
			append(json.append((i > 0) ? "," : ""), this.saturated.get(i));
		}
		return json.append("]}\n").toString();
	}

	private static void append(StringBuilder json, LoopStall stall) {
		json.append("{\"loop\":").append(text(stall.loop()));
		json.append(",\"duration\":").append(text(stall.duration().toString()));
		json.append(",\"cause\":").append(text(stall.cause().name()));
		json.append(",\"at\":").append(text((stall.place() != null) ? stall.place().toString() : null));
		json.append(",\"blockedOn\":").append(text(stall.blockedOn()));
		json.append(",\"heldBy\":").append(text(stall.heldBy()));
		json.append(",\"violation\":").append(text(stall.violation())).append('}');
	}

	private static void append(StringBuilder json, Saturated loop) {
		json.append("{\"loop\":").append(text(loop.loop()));
		json.append(",\"duration\":").append(text(loop.duration().toString()));
		json.append(",\"pending\":").append(loop.pending()).append('}');
	}

	private static String text(@Nullable String text) {
		if (text == null) {
			return "null";
		}
		StringBuilder json = new StringBuilder(text.length() + 2).append('"');
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '"' || c == '\\') {
				json.append('\\').append(c);
			}
			else if (c >= ' ' && c < 0x7F) {
				json.append(c);
			}
			else {
				json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
			}
		}
		return json.append('"').toString();
	}

	/**
	 * What describes the event loops.
	 */
	enum Condition {

		/** They go on. */
		FINE,

		/** Some have more work than they can do. */
		SATURATED,

		/** Some are in one long turn. */
		STUCK,

		/** The whole JVM stood still for a while, a moment ago. */
		STOPPED,

		/** Nobody watches them. */
		UNKNOWN

	}

	/**
	 * An event loop that has more work than it can do.
	 *
	 * @param loop name of its thread
	 * @param duration for how long
	 * @param pending tasks that wait in its queue, or {@code null} if unknown
	 */
	record Saturated(String loop, Duration duration, @Nullable Integer pending) {
	}

}
