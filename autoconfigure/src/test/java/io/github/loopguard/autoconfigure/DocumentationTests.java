package io.github.loopguard.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

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
	void everyCounterpartIsInTheTableAndNothingElse() throws IOException {
		List<String> rows = Files.readAllLines(DOCS.resolve("blocking-operations.md"))
			.stream()
			.dropWhile((line) -> !line.equals("| library | instead |"))
			.skip(2)
			.takeWhile((line) -> line.startsWith("| "))
			.toList();
		assertThat(rows).containsExactlyElementsOf(Catalog.shipped()
			.counterparts()
			.stream()
			.map((it) -> "| " + it.library() + " | " + it.fix() + " |")
			.distinct()
			.toList());
	}

	@Test
	void hintsOfferEveryRule() throws IOException {
		Map<?, ?> hint = ConfigurationPage.metadata("hints")
			.stream()
			.filter((it) -> "loopguard.rules.keys".equals(it.get("name")))
			.findFirst()
			.orElseThrow();
		List<String> offered = ((List<?>) hint.get("values")).stream()
			.map((value) -> String.valueOf(((Map<?, ?>) value).get("value")))
			.toList();
		assertThat(offered).containsExactlyInAnyOrderElementsOf(
				Catalog.shipped().definitions().stream().map((definition) -> definition.rule().id()).toList());
	}

}
