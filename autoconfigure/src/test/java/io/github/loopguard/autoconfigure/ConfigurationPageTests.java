package io.github.loopguard.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/configuration.md} agrees with the metadata.
 */
class ConfigurationPageTests {

	private static final Path PAGE = Path.of("..", "docs", "configuration.md");

	private static final String COMMAND = "mvn test -pl autoconfigure -am -Dtest=ConfigurationPageTests "
			+ "-Dsurefire.failIfNoSpecifiedTests=false -Dloopguard.regenerate=true";

	private final ConfigurationPage page = new ConfigurationPage();

	ConfigurationPageTests() throws IOException {
	}

	@Test
	void everyPropertyIsDescribed() throws IOException {
		assertThat(ConfigurationPage.metadata("properties")).isNotEmpty()
			.allSatisfy((property) -> assertThat((String) property.get("description"))
				.as("description of %s", property.get("name"))
				.isNotBlank());
		assertThat(this.page.describedNamesInMaps()).as("map-properties.properties")
			.containsExactlyInAnyOrderElementsOf(this.page.namesInMaps());
	}

	@Test
	void thePageIsUpToDate() throws IOException {
		String present = Files.readString(PAGE);
		String generated = this.page.regenerate(present);
		if (Boolean.getBoolean("loopguard.regenerate")) {
			Files.writeString(PAGE, generated);
			return;
		}
		assertThat(present).as("docs/configuration.md is not what the properties say. To regenerate it: %s", COMMAND)
			.isEqualTo(generated);
	}

}
