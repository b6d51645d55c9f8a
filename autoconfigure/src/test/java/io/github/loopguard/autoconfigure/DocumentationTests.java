package io.github.loopguard.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.RuleDefinition;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documentation says what there is, and nothing else.
 */
class DocumentationTests {

	private static final Path DOCS = Path.of("..", "docs");

	@Test
	void everyRuleHasItsSectionAndEverySectionItsRule() throws IOException {
		String document = Files.readString(DOCS.resolve("blocking-operations.md"));
		List<String> sections = Pattern.compile("(?m)^## ([a-z]+(?:-[a-z]+)*)$")
			.matcher(document)
			.results()
			.map((result) -> result.group(1))
			.toList();
		assertThat(sections).containsExactlyInAnyOrderElementsOf(
				Catalog.shipped().definitions().stream().map((definition) -> definition.rule().id()).toList());
	}

	@Test
	void everyDocumentedNameHasAnAnchor() throws IOException {
		String document = Files.readString(DOCS.resolve("blocking-operations.md"));
		for (RuleDefinition definition : Catalog.shipped().definitions()) {
			for (String name : definition.rule().documentedAs()) {
				assertThat(document.contains("<a id=\"" + name + "\"></a>") || document.contains("\n## " + name + "\n"))
					.as("anchor for %s", name)
					.isTrue();
			}
		}
	}

	@Test
	void everyPropertyIsDescribedAndDocumented() throws IOException {
		String documents = Files.readString(DOCS.resolve("configuration.md"))
				+ (Files.exists(DOCS.resolve("bridge.md")) ? Files.readString(DOCS.resolve("bridge.md")) : "");
		for (Map<?, ?> property : metadata("properties")) {
			String name = (String) property.get("name");
			if (name.startsWith("management.")) {
				continue;
			}
			assertThat((String) property.get("description")).as("description of %s", name).isNotBlank();
			if (!name.startsWith("loopguard.bridge.") && !name.startsWith("loopguard.warmup.")) {
				assertThat(documents).as("documentation of %s", name)
					.contains("`" + name.replaceAll("\\.rules$", ".rules.<id>.action"));
			}
		}
	}

	@Test
	void hintsOfferEveryRule() throws IOException {
		Map<?, ?> hint = metadata("hints").stream()
			.filter((it) -> "loopguard.rules.keys".equals(it.get("name")))
			.findFirst()
			.orElseThrow();
		List<String> offered = ((List<?>) hint.get("values")).stream()
			.map((value) -> String.valueOf(((Map<?, ?>) value).get("value")))
			.toList();
		assertThat(offered).containsExactlyInAnyOrderElementsOf(
				Catalog.shipped().definitions().stream().map((definition) -> definition.rule().id()).toList());
	}

	@SuppressWarnings("unchecked")
	private static List<Map<?, ?>> metadata(String part) throws IOException {
		try (InputStream metadata = LoopguardProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return (List<Map<?, ?>>) new JsonMapper().readValue(metadata, Map.class).get(part);
		}
	}

}
