package io.github.loopguard.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The document of the allow list agrees with the list.
 */
class AllowListDocumentTests {

	static final String COMMAND = "mvn -pl autoconfigure -am test -Dtest=AllowListDocumentTests "
			+ "-Dsurefire.failIfNoSpecifiedTests=false -Dloopguard.regenerate=true";

	private static final Path DOCUMENT = Path.of("..", "docs", "allow-list.md");

	@Test
	void documentIsGeneratedFromTheList() throws IOException {
		String text = AllowListDocument.text();
		if (Boolean.getBoolean("loopguard.regenerate")) {
			Files.writeString(DOCUMENT, text);
		}
		assertThat(Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "")
			.as("docs/allow-list.md differs from the list; write it anew with\n" + COMMAND)
			.isEqualTo(text);
	}

}
