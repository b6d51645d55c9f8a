package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Checks the limits of a lane.
 */
final class LaneSpecCheck {

	private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");

	private LaneSpecCheck() {
	}

	static void check(LaneSpec.Limits limits) {
		String name = limits.name();
		LaneKind kind = limits.kind();
		if (!NAME.matcher(name).matches()) {
			throw new InvalidLaneException(name, "name", name,
					"is not a lane's name: 1 to 63 lower-case letters, digits, dots and dashes", "rename the lane");
		}
		if (kind == LaneKind.BOUNDED_ELASTIC) {
			throw new InvalidLaneException(name, "kind", kind, "is for the default lane only",
					"use PLATFORM or VIRTUAL");
		}
		if (kind == LaneKind.VIRTUAL && Runtime.version().feature() < 21) {
			// JDK 19 and 20 have virtual threads as a preview only.
			throw new InvalidLaneException(name, "kind", kind,
					"needs JDK 21 or later, this is " + Runtime.version().feature(),
					"run on a newer JDK, or use PLATFORM");
		}
		atLeast(name, "threads", limits.threads(), 1, "a lane without threads runs nothing", "set 1 or more");
		atLeast(name, "queue-capacity", limits.queueCapacity(), 0, "a queue cannot be smaller than empty",
				"set 0 to reject as soon as all threads are busy, or more to let calls wait");
		atLeast(name, "max-open", limits.maxOpen(), 0, "a limit cannot be negative",
				"set 0 to forbid streams and sessions");
		atMost(name, "threads", limits.threads(), LaneSpec.MAX_THREADS);
		atMost(name, "queue-capacity", limits.queueCapacity(), LaneSpec.MAX_QUEUE_CAPACITY);
		positive(name, "queue-timeout", limits.queueTimeout());
		positive(name, "run-timeout", limits.runTimeout());
		Duration keepAlive = limits.keepAlive();
		if (keepAlive.isNegative()) {
			throw new InvalidLaneException(name, "keep-alive", keepAlive, "is negative", "set 0s or more");
		}
		countable(name, "keep-alive", keepAlive);
	}

	private static void countable(String lane, String option, Duration time) {
		if (time.compareTo(LaneSpec.MAX_TIME) > 0) {
			throw new InvalidLaneException(lane, option, time, "is longer than a lane can count",
					"set " + LaneSpec.MAX_TIME.toDays() + "d or less");
		}
	}

	private static void atLeast(String lane, String option, int value, int least, String reason, String remedy) {
		if (value < least) {
			throw new InvalidLaneException(lane, option, value, "is less than " + least + ": " + reason, remedy);
		}
	}

	private static void atMost(String lane, String option, int value, int most) {
		if (value > most) {
			throw new InvalidLaneException(lane, option, value, "is more than a lane can count",
					"set " + most + " or less");
		}
	}

	private static void positive(String lane, String option, @Nullable Duration timeout) {
		if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
			throw new InvalidLaneException(lane, option, timeout, "is not a time that a call could take",
					"set a positive duration such as 500ms, or leave it out");
		}
		if (timeout != null) {
			countable(lane, option, timeout);
		}
	}

}
