package io.github.loopguard.test.setting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Settings}.
 */
class SettingsTests {

	private final Properties properties = new Properties();

	@TempDir
	private Path module;

	@Test
	void aPropertyComesBeforeAVariableAndBlankMeansNothing() {
		Settings settings = new Settings(this.properties, Map.of("LOOPGUARD_BASELINE_MODE", "record"));
		assertThat(settings.value("loopguard.baseline.mode")).isEqualTo("record");
		assertThat(settings.value("loopguard.baseline.location")).isNull();
		this.properties.setProperty("loopguard.baseline.mode", "prune");
		assertThat(settings.value("loopguard.baseline.mode")).isEqualTo("prune");
		this.properties.setProperty("loopguard.baseline.mode", " ");
		assertThat(settings.value("loopguard.baseline.mode")).isNull();
	}

	@Test
	void outputGoesWhereTheBuildToolPutsIt() throws IOException {
		assertThat(output()).isEqualTo(this.module.resolve("target"));
		Files.createFile(this.module.resolve("build.gradle.kts"));
		assertThat(output()).isEqualTo(this.module.resolve("build"));
		Files.createFile(this.module.resolve("pom.xml"));
		assertThat(output()).isEqualTo(this.module.resolve("target"));
		this.properties.setProperty("org.gradle.test.worker", "1");
		assertThat(output()).isEqualTo(this.module.resolve("build"));
	}

	private Path output() {
		this.properties.setProperty("user.dir", this.module.toString());
		return new Settings(this.properties, Map.of()).output();
	}

}
