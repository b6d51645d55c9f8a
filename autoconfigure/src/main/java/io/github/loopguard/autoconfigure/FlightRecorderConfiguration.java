package io.github.loopguard.autoconfigure;

import java.time.Duration;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import io.github.loopguard.autoconfigure.LoopguardProperties.FlightRecorderProperties;
import io.github.loopguard.detect.flight.FlightRecorderSettings;

/**
 * Converts the properties of the flight recorder, and rejects invalid values.
 */
final class FlightRecorderConfiguration {

	private static final String PREFIX = "loopguard.flight-recorder.";

	private static final Pattern METHOD = Pattern.compile("[\\w$.]+::[\\w$]+");

	private FlightRecorderConfiguration() {
	}

	static FlightRecorderSettings of(FlightRecorderProperties properties, LoopguardProfile profile) {
		notNegative("threshold", properties.threshold());
		if (properties.threshold().compareTo(FlightRecorderSettings.LONGEST) > 0) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "threshold", properties.threshold(),
					"It must be at most " + FlightRecorderSettings.LONGEST.toHours()
							+ " h. To record nothing, set loopguard.flight-recorder.enabled=false.");
		}
		notNegative("start-delay", properties.startDelay());
		if (properties.reportsPerMinute() < 0) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "reports-per-minute",
					properties.reportsPerMinute(), "It must not be negative; 0 reports nothing.");
		}
		for (String method : properties.tracedMethods()) {
			if (!METHOD.matcher(method).matches()) {
				throw new InvalidConfigurationPropertyValueException(PREFIX + "traced-methods", method,
						"It must be a class and a method, such as com.acme.Pdf::render.");
			}
		}
		boolean enabled = (properties.enabled() != null) ? properties.enabled()
				: profile == LoopguardProfile.PRODUCTION;
		return new FlightRecorderSettings(enabled, properties.threshold(), properties.startDelay(), properties.paths(),
				properties.tracedMethods(), properties.reportsPerMinute(), properties.timeline());
	}

	private static void notNegative(String name, Duration value) {
		if (value.isNegative()) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + name, value, "It must not be negative.");
		}
	}

}
