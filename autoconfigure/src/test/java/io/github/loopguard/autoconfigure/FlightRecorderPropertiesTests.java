package io.github.loopguard.autoconfigure;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import io.github.loopguard.detect.flight.FlightRecorderSettings;
import io.github.loopguard.detect.flight.FlightRecorderSettings.Paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FlightRecorderPropertiesTests {

	@Test
	void isEnabledInProductionOnlyUnlessSaidOtherwise() {
		assertThat(settings(Map.of(), LoopguardProfile.PRODUCTION).enabled()).isTrue();
		assertThat(settings(Map.of(), LoopguardProfile.DEVELOPMENT).enabled()).isFalse();
		assertThat(settings(Map.of(), LoopguardProfile.TEST).enabled()).isFalse();
		assertThat(settings(Map.of("enabled", "true"), LoopguardProfile.DEVELOPMENT).enabled()).isTrue();
		assertThat(settings(Map.of("enabled", "false"), LoopguardProfile.PRODUCTION).enabled()).isFalse();
	}

	@Test
	void defaultsAreThoseOfTheDetector() {
		assertThat(settings(Map.of(), LoopguardProfile.PRODUCTION)).isEqualTo(FlightRecorderSettings.DEFAULTS);
	}

	@Test
	void propertiesAreTakenOver() {
		FlightRecorderSettings settings = settings(Map.of("threshold", "1ms", "start-delay", "0s", "paths", "full",
				"traced-methods", "com.acme.Pdf::render, com.acme.Legacy$Client::query", "reports-per-minute", "5",
				"timeline", "true"), LoopguardProfile.PRODUCTION);
		assertThat(settings.threshold()).isEqualTo(Duration.ofMillis(1));
		assertThat(settings.startDelay()).isZero();
		assertThat(settings.paths()).isEqualTo(Paths.FULL);
		assertThat(settings.tracedMethods()).containsExactly("com.acme.Pdf::render", "com.acme.Legacy$Client::query");
		assertThat(settings.reportsPerMinute()).isEqualTo(5);
		assertThat(settings.timeline()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "threshold, -1ms, must not be negative", "threshold, 999999d, at most 24 h",
			"start-delay, -1s, must not be negative", "reports-per-minute, -1, 0 reports nothing",
			"traced-methods, com.acme.Pdf.render, com.acme.Pdf::render" })
	void invalidValueIsRejectedWithItsNameAndARemedy(String name, String value, String remedy) {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> settings(Map.of(name, value), LoopguardProfile.PRODUCTION))
			.satisfies((ex) -> {
				assertThat(ex.getName()).isEqualTo("loopguard.flight-recorder." + name);
				assertThat(ex.getReason()).contains(remedy);
			});
	}

	private static FlightRecorderSettings settings(Map<String, String> values, LoopguardProfile profile) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		values.forEach((name, value) -> source.put("loopguard.flight-recorder." + name, value));
		LoopguardProperties properties = new Binder(source).bindOrCreate("loopguard", LoopguardProperties.class);
		return properties.getFlightRecorder().toSettings(profile);
	}

}
