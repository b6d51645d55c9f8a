package io.github.loopguard.detect.flight;

import java.time.Duration;
import java.util.List;

/**
 * Settings of the flight recorder detector.
 *
 * @param enabled whether the JVM's flight recorder is read
 * @param threshold duration of the shortest call that the JVM records
 * @param startDelay time after the start for which the recording waits
 * @param paths how much of the names of files is shown
 * @param tracedMethods methods whose calls are traced where the JVM can, such as
 * {@code com.acme.Pdf::render}
 * @param reportsPerMinute most calls in a minute that are told which no other detector
 * has found; the others are counted
 * @param timeline whether recordings of the JVM get what Loopguard finds, as events
 * @since 0.2
 */
public record FlightRecorderSettings(boolean enabled, Duration threshold, Duration startDelay, Paths paths,
		List<String> tracedMethods, int reportsPerMinute, boolean timeline) {

	/**
	 * The settings that apply unless others are set.
	 */
	public static final FlightRecorderSettings DEFAULTS = new FlightRecorderSettings(true, Duration.ofMillis(10),
			Duration.ofSeconds(30), Paths.NAME, List.of(), 600, false);

	/**
	 * The flight recorder is not read.
	 */
	public static final FlightRecorderSettings OFF = new FlightRecorderSettings(false, DEFAULTS.threshold(),
			DEFAULTS.startDelay(), DEFAULTS.paths(), List.of(), DEFAULTS.reportsPerMinute(), false);

	/**
	 * The longest threshold that makes sense.
	 */
	public static final Duration LONGEST = Duration.ofDays(1);

	public FlightRecorderSettings {
		tracedMethods = List.copyOf(tracedMethods);
	}

	/**
	 * Returns whether anything is to be done.
	 * @return whether the flight recorder is read or written
	 */
	public boolean isWanted() {
		return this.enabled || this.timeline;
	}

	/**
	 * Returns these settings for reading or for not reading.
	 * @param enabled whether the flight recorder is read
	 * @return the settings
	 */
	public FlightRecorderSettings withEnabled(boolean enabled) {
		return new FlightRecorderSettings(enabled, this.threshold, this.startDelay, this.paths, this.tracedMethods,
				this.reportsPerMinute, this.timeline);
	}

	/**
	 * Returns these settings with another threshold.
	 * @param threshold duration of the shortest call that the JVM records
	 * @return the settings
	 */
	public FlightRecorderSettings withThreshold(Duration threshold) {
		return new FlightRecorderSettings(this.enabled, threshold, this.startDelay, this.paths, this.tracedMethods,
				this.reportsPerMinute, this.timeline);
	}

	/**
	 * Returns these settings with another delay.
	 * @param startDelay time for which the recording waits
	 * @return the settings
	 */
	public FlightRecorderSettings withStartDelay(Duration startDelay) {
		return new FlightRecorderSettings(this.enabled, this.threshold, startDelay, this.paths, this.tracedMethods,
				this.reportsPerMinute, this.timeline);
	}

	/**
	 * Returns whether both need the same recording.
	 */
	boolean isRecordedAs(FlightRecorderSettings other) {
		return this.enabled == other.enabled && this.threshold.equals(other.threshold) && this.paths == other.paths
				&& this.tracedMethods.equals(other.tracedMethods);
	}

	/**
	 * How much of the name of a file is shown.
	 */
	public enum Paths {

		/**
		 * The whole path.
		 */
		FULL,

		/**
		 * The name without its directory.
		 */
		NAME,

		/**
		 * Nothing.
		 */
		NONE

	}

}
