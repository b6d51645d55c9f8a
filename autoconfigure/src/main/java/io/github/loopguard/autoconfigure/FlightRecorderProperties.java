package io.github.loopguard.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import io.github.loopguard.detect.flight.FlightRecorderSettings;
import io.github.loopguard.detect.flight.FlightRecorderSettings.Paths;

/**
 * Reading of the flight recorder of the JVM.
 *
 * @since 0.2
 */
public class FlightRecorderProperties {

	private static final Pattern METHOD = Pattern.compile("[\\w$.]+::[\\w$]+");

	/**
	 * Whether the JVM's flight recorder is read. Enabled by default with the profile
	 * 'production' only.
	 */
	private @Nullable Boolean enabled;

	/**
	 * Duration of the shortest call that the JVM records. Costs more the shorter it is.
	 */
	private Duration threshold = Duration.ofMillis(10);

	/**
	 * Time after the start of the application for which the recording waits, because
	 * starting it takes about a second of CPU time.
	 */
	private Duration startDelay = Duration.ofSeconds(30);

	/**
	 * How much of the names of files is shown: the whole path, the name without its
	 * directory, or nothing.
	 */
	private Paths paths = Paths.NAME;

	/**
	 * Methods that block and that the JVM records nothing of unless it traces them, such
	 * as 'com.acme.Pdf::render'. Needs JDK 25.
	 */
	private List<String> tracedMethods = List.of();

	/**
	 * Maximum number of calls that no other detector has found and that are reported in a
	 * minute. The others are only counted.
	 */
	private int reportsPerMinute = 600;

	/**
	 * Whether recordings of the JVM get what Loopguard finds, as events
	 * 'loopguard.Violation' and 'loopguard.Turn', and what lanes run, as
	 * 'loopguard.LaneCall', to be opened in JDK Mission Control.
	 */
	private boolean timeline;

	public @Nullable Boolean getEnabled() {
		return this.enabled;
	}

	public void setEnabled(@Nullable Boolean enabled) {
		this.enabled = enabled;
	}

	public Duration getThreshold() {
		return this.threshold;
	}

	public void setThreshold(Duration threshold) {
		this.threshold = threshold;
	}

	public Duration getStartDelay() {
		return this.startDelay;
	}

	public void setStartDelay(Duration startDelay) {
		this.startDelay = startDelay;
	}

	public Paths getPaths() {
		return this.paths;
	}

	public void setPaths(Paths paths) {
		this.paths = paths;
	}

	public List<String> getTracedMethods() {
		return this.tracedMethods;
	}

	public void setTracedMethods(List<String> tracedMethods) {
		this.tracedMethods = tracedMethods;
	}

	public int getReportsPerMinute() {
		return this.reportsPerMinute;
	}

	public void setReportsPerMinute(int reportsPerMinute) {
		this.reportsPerMinute = reportsPerMinute;
	}

	public boolean isTimeline() {
		return this.timeline;
	}

	public void setTimeline(boolean timeline) {
		this.timeline = timeline;
	}

	/**
	 * Returns the settings.
	 * @param profile on which the defaults depend
	 * @throws InvalidConfigurationPropertyValueException if a value is invalid
	 */
	FlightRecorderSettings toSettings(LoopguardProfile profile) {
		checkNotNegative("threshold", this.threshold);
		if (this.threshold.compareTo(FlightRecorderSettings.LONGEST) > 0) {
			throw invalid("threshold", this.threshold, "It must be at most " + FlightRecorderSettings.LONGEST.toHours()
					+ " h. To record nothing, set loopguard.flight-recorder.enabled=false.");
		}
		checkNotNegative("start-delay", this.startDelay);
		if (this.reportsPerMinute < 0) {
			throw invalid("reports-per-minute", this.reportsPerMinute, "It must not be negative; 0 reports nothing.");
		}
		for (String method : this.tracedMethods) {
			if (!METHOD.matcher(method).matches()) {
				throw invalid("traced-methods", method,
						"It must be a class and a method, such as com.acme.Pdf::render.");
			}
		}
		boolean enabled = (this.enabled != null) ? this.enabled : profile == LoopguardProfile.PRODUCTION;
		return new FlightRecorderSettings(enabled, this.threshold, this.startDelay, this.paths, this.tracedMethods,
				this.reportsPerMinute, this.timeline);
	}

	private static void checkNotNegative(String name, Duration value) {
		if (value.isNegative()) {
			throw invalid(name, value, "It must not be negative.");
		}
	}

	private static InvalidConfigurationPropertyValueException invalid(String name, Object value, String reason) {
		return new InvalidConfigurationPropertyValueException("loopguard.flight-recorder." + name, value, reason);
	}

}
