package io.github.loopguard.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import io.github.loopguard.blackbox.BlackBoxSettings;
import io.github.loopguard.blackbox.BlackBoxSettings.Port;
import io.github.loopguard.blackbox.BlackBoxSettings.Recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * When event loops are recorded, where, and which values are refused.
 */
class ConfiguredBlackBoxTests {

	private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

	@Test
	void isOffUnlessInProductionOrADirectoryIsNamed() {
		assertThat(settings(LoopguardProfile.DEVELOPMENT, Map.of()).isOff()).isTrue();
		assertThat(settings(LoopguardProfile.TEST, Map.of()).isOff()).isTrue();
		assertThat(settings(LoopguardProfile.PRODUCTION, Map.of("enabled", "false")).isOff()).isTrue();
		assertThat(settings(LoopguardProfile.DEVELOPMENT, Map.of("directory", "")).isOff()).isTrue();
	}

	@Test
	void recordsInTheDirectoryForTemporaryFilesInProduction() {
		Recording expected = new Recording(TEMPORARY, false, 4 << 20, 5);
		assertThat(settings(LoopguardProfile.PRODUCTION, Map.of()))
			.isEqualTo(new BlackBoxSettings("shop", expected, null));
		assertThat(settings(LoopguardProfile.DEVELOPMENT, Map.of("enabled", "true")).recording()).isEqualTo(expected);
	}

	@Test
	void everyPropertyIsUsed() {
		assertThat(settings(LoopguardProfile.DEVELOPMENT,
				Map.of("directory", "/var/lib/shop", "size", "8MB", "keep", "2", "http.port", "8081", "http.address",
						"0.0.0.0", "http.limit", "30s")))
			.isEqualTo(new BlackBoxSettings("shop", new Recording(Path.of("/var/lib/shop"), true, 8 << 20, 2),
					new Port("0.0.0.0", 8_081, Duration.ofSeconds(30))));
	}

	@ParameterizedTest
	@CsvSource({ "size,1KB,between 1MB and 256MB", "size,1GB,between 1MB and 256MB", "keep,0,between 1 and 1000",
			"http.port,65536,between 0 and 65535", "http.port,-1,between 0 and 65535", "http.limit,10ms,at least 1 s" })
	void refusesWhatCannotBe(String name, String value, String remedy) {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> settings(LoopguardProfile.DEVELOPMENT, Map.of(name, value)))
			.satisfies((ex) -> {
				assertThat(ex.getName()).isEqualTo("loopguard.black-box." + name);
				assertThat(ex.getReason()).contains(remedy);
			});
	}

	private static BlackBoxSettings settings(LoopguardProfile profile, Map<String, String> properties) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		properties.forEach((name, value) -> source.put("loopguard.black-box." + name, value));
		LoopguardProperties bound = new Binder(source).bindOrCreate("loopguard", LoopguardProperties.class);
		return ConfiguredBlackBox.of(bound.getBlackBox(), profile, "shop");
	}

}
