package io.github.loopguard.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.blackbox.BlackBoxFile;
import io.github.loopguard.blackbox.BlackBoxHeader;
import io.github.loopguard.blackbox.BlackBoxRecord;
import io.github.loopguard.blackbox.BlackBoxRecord.LoopSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.StallSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.StoppedSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.ViolationSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.ViolationsDropped;

/**
 * Prints a black box for people: what was stuck at the end, how the loops were doing, and
 * what had happened before.
 */
final class BlackBoxText {

	/** Loops and stalls beyond these are only counted, whatever a file contains. */
	private static final int MOST = 1_024;

	/** Every loop that lives is recorded once a minute. */
	private static final Duration GONE = Duration.ofSeconds(150);

	private final BlackBoxFile file;

	private final Listing out;

	private final Instant end;

	BlackBoxText(BlackBoxFile file, Listing out) {
		this.file = file;
		this.out = out;
		this.end = file.alive();
	}

	void print() {
		BlackBoxHeader header = this.file.header();
		this.out.print(header.application() + ", process " + header.pid() + ", started " + header.started()
				+ ", Loopguard " + header.loopguard() + ", Java " + header.jvm());
		this.out.print(this.file.records().count() + " entries" + " from "
				+ this.file.records().findFirst().map(BlackBoxRecord::at).orElse(this.end) + " to " + this.end);
		printStuck();
		printLoops();
		this.out.print("");
		this.out.print("What happened:");
		this.file.records().flatMap(this::line).forEach((line) -> this.out.print("  " + line));
	}

	private void printStuck() {
		Latest<Long, StallSeen> stalls = new Latest<>();
		Latest<Long, StallSeen> stacks = new Latest<>();
		records(StallSeen.class).forEach((stall) -> {
			if (stall.over()) {
				stalls.remove(stall.number());
				stacks.remove(stall.number());
				return;
			}
			stalls.put(stall.number(), stall);
			if (!stall.stack().isEmpty()) {
				stacks.put(stall.number(), stall);
			}
		});
		this.out.print("");
		if (stalls.isEmpty()) {
			this.out.print("No event loop was stuck at the end.");
			return;
		}
		this.out.print("Stuck at the end:");
		stalls.values().sorted(Comparator.comparing(this::lasted).reversed()).forEach((stall) -> {
			this.out.print("  " + stall.loop() + ", for " + text(lasted(stall)) + what(stall));
			StallSeen latest = stacks.get(stall.number());
			if (latest != null) {
				latest.stack().forEach((frame) -> this.out.print("      at " + frame));
				if (latest.omitted() > 0) {
					this.out.print("      " + latest.omitted() + " frames are left out");
				}
			}
		});
		stalls.printOthers("stall");
	}

	private void printLoops() {
		Latest<Long, LoopSeen> loops = new Latest<>();
		records(LoopSeen.class).filter((loop) -> Duration.between(loop.at(), this.end).compareTo(GONE) <= 0)
			.forEach((loop) -> loops.put(loop.threadId(), loop));
		this.out.print("");
		this.out.print("Event loops at the end:");
		loops.values()
			.sorted(Comparator.comparing(LoopSeen::loop))
			.forEach((loop) -> this.out.print("  " + loop.loop() + ": " + loop.state() + ", "
					+ Math.round(100 * loop.utilization()) + " % of the CPU lately"
					+ ((loop.pending() != null) ? ", " + Listing.count(loop.pending(), "task") + " pending" : "") + ", "
					+ loop.turnsOverThreshold() + " turns over the threshold, delay up to "
					+ text(loop.longestDelay())));
		loops.printOthers("loop");
	}

	/**
	 * Returns the line about an entry, if it says what happened.
	 */
	private Stream<String> line(BlackBoxRecord entry) {
		if (entry instanceof StallSeen stall && stall.over()) {
			return Stream
				.of(stall.at() + "  " + stall.loop() + " was stuck for " + text(stall.duration()) + what(stall));
		}
		if (entry instanceof ViolationSeen violation) {
			String place = violation.place();
			String route = violation.route();
			return Stream.of(
					violation.at() + "  violation " + violation.id() + ": " + violation.api() + " [" + violation.rule()
							+ "]" + ((place != null) ? " at " + place : "") + ((route != null) ? ", in " + route : ""),
					"    fix: " + violation.fix());
		}
		if (entry instanceof StoppedSeen stopped) {
			return Stream.of(stopped.at() + "  the JVM had stood still, " + stopped.count() + " times and "
					+ text(stopped.total()) + " in all since its start");
		}
		if (entry instanceof ViolationsDropped dropped) {
			return Stream
				.of(dropped.at() + "  " + dropped.count() + " violations since the start came too fast to be recorded");
		}
		return Stream.empty();
	}

	private Duration lasted(StallSeen stall) {
		Duration since = Duration.between(stall.at(), this.end);
		return since.isNegative() ? stall.duration() : stall.duration().plus(since);
	}

	private <T extends BlackBoxRecord> Stream<T> records(Class<T> type) {
		return this.file.records().filter(type::isInstance).map(type::cast);
	}

	private static String what(StallSeen stall) {
		return ", " + stall.cause() + ((stall.place() != null) ? " at " + stall.place() : "")
				+ ((stall.blockedOn() != null) ? ", waits for " + stall.blockedOn() : "")
				+ ((stall.heldBy() != null) ? ", held by thread " + stall.heldBy() : "")
				+ ((stall.violation() != null) ? ", violation " + stall.violation() : "");
	}

	private static String text(Duration duration) {
		return (duration.toSeconds() < 10) ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
	}

	/**
	 * The latest value for each key, for a limited number of keys.
	 */
	private final class Latest<K, V> {

		private final Map<K, V> values = new LinkedHashMap<>();

		private long others;

		void put(K key, V value) {
			if (this.values.size() < MOST || this.values.containsKey(key)) {
				this.values.put(key, value);
			}
			else {
				this.others++;
			}
		}

		void remove(K key) {
			this.values.remove(key);
		}

		@Nullable V get(K key) {
			return this.values.get(key);
		}

		boolean isEmpty() {
			return this.values.isEmpty();
		}

		Stream<V> values() {
			return this.values.values().stream();
		}

		void printOthers(String noun) {
			if (this.others > 0) {
				BlackBoxText.this.out.print(
						"  and more: " + this.others + " entries about others, " + MOST + " " + noun + "s are shown");
			}
		}

	}

}
