package io.github.loopguard.detect.loop;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Settings of the loop monitor.
 *
 * @param enabled whether event loops are watched
 * @param threshold longest time that a turn of an event loop may take
 * @param groupThresholds thresholds of groups of event loops, by the name that their
 * threads share without the number
 * @param grace time after the start during which stalls are counted and are no violations
 * @param reportsPerMinute most stalls in a minute that are told; the others are counted
 * @since 0.2
 */
public record LoopMonitorSettings(boolean enabled, Duration threshold, Map<String, Duration> groupThresholds,
		Duration grace, int reportsPerMinute) {

	/**
	 * The settings that apply unless others are set.
	 */
	public static final LoopMonitorSettings DEFAULTS = new LoopMonitorSettings(true, Duration.ofMillis(100), Map.of(),
			Duration.ofSeconds(30), 60);

	/**
	 * Event loops are not watched.
	 */
	public static final LoopMonitorSettings OFF = new LoopMonitorSettings(false, DEFAULTS.threshold(), Map.of(),
			DEFAULTS.grace(), DEFAULTS.reportsPerMinute());

	/**
	 * The shortest threshold that can be kept.
	 */
	public static final Duration SHORTEST = Duration.ofMillis(5);

	/**
	 * The longest threshold that makes sense.
	 */
	public static final Duration LONGEST = Duration.ofDays(1);

	public LoopMonitorSettings {
		groupThresholds = Map.copyOf(groupThresholds);
	}

	/**
	 * Returns these settings for watching or for not watching.
	 * @param enabled whether event loops are watched
	 * @return the settings
	 */
	public LoopMonitorSettings withEnabled(boolean enabled) {
		return new LoopMonitorSettings(enabled, this.threshold, this.groupThresholds, this.grace,
				this.reportsPerMinute);
	}

	/**
	 * Returns these settings with another threshold.
	 * @param threshold longest time that a turn may take, except where the group has a
	 * threshold of its own
	 * @return the settings
	 */
	public LoopMonitorSettings withThreshold(Duration threshold) {
		return new LoopMonitorSettings(this.enabled, threshold, this.groupThresholds, this.grace,
				this.reportsPerMinute);
	}

	/**
	 * Returns these settings with another threshold of one group.
	 * @param group name of the group
	 * @param threshold longest time that a turn of its event loops may take
	 * @return the settings
	 */
	public LoopMonitorSettings withThreshold(String group, Duration threshold) {
		Map<String, Duration> all = new HashMap<>(this.groupThresholds);
		all.put(group, threshold);
		return new LoopMonitorSettings(this.enabled, this.threshold, all, this.grace, this.reportsPerMinute);
	}

	/**
	 * Returns these settings with another grace.
	 * @param grace time after the start during which stalls are only counted
	 * @return the settings
	 */
	public LoopMonitorSettings withGrace(Duration grace) {
		return new LoopMonitorSettings(this.enabled, this.threshold, this.groupThresholds, grace,
				this.reportsPerMinute);
	}

	/**
	 * Returns the threshold of a group in nanoseconds.
	 */
	long threshold(String group) {
		return nanos(this.groupThresholds.getOrDefault(group, this.threshold));
	}

	/**
	 * Returns the shortest threshold of any group in nanoseconds.
	 */
	long shortestThreshold() {
		return nanos(this.groupThresholds.values()
			.stream()
			.reduce(this.threshold, (one, other) -> (one.compareTo(other) < 0) ? one : other));
	}

	private static long nanos(Duration threshold) {
		return ((threshold.compareTo(SHORTEST) < 0) ? SHORTEST : threshold).toNanos();
	}

}
