package io.github.loopguard.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Rule;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documentation agrees with the code.
 */
class DocumentationTests {

	private static final Path DOCS = Path.of("..", "docs");

	private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)\\s]+)\\)");

	private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");

	private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\">");

	@Test
	void everyRuleHasItsSectionAndEverySectionItsRule() throws IOException {
		String document = Files.readString(DOCS.resolve("blocking-operations.md"));
		List<String> sections = Pattern.compile("(?m)^## ([a-z]+(?:-[a-z]+)*)$")
			.matcher(document)
			.results()
			.map((result) -> result.group(1))
			.toList();
		assertThat(sections)
			.containsExactlyInAnyOrderElementsOf(Catalog.shipped().rules().stream().map(Rule::id).toList());
	}

	@Test
	void everyDocumentedNameHasAnAnchor() throws IOException {
		String document = Files.readString(DOCS.resolve("blocking-operations.md"));
		for (Rule rule : Catalog.shipped().rules()) {
			for (String name : rule.documentedAs()) {
				assertThat(document.contains("<a id=\"" + name + "\"></a>") || document.contains("\n## " + name + "\n"))
					.as("anchor for %s", name)
					.isTrue();
			}
		}
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
		assertThat(offered)
			.containsExactlyInAnyOrderElementsOf(Catalog.shipped().rules().stream().map(Rule::id).toList());
	}

	@Test
	void everyLinkLeadsSomewhere() throws IOException {
		Path root = Path.of("..");
		List<Path> pages = new ArrayList<>(List.of(root.resolve("README.md"), root.resolve("CONTRIBUTING.md")));
		try (Stream<Path> files = Files.list(DOCS)) {
			files.filter((file) -> file.toString().endsWith(".md")).forEach(pages::add);
		}
		List<String> broken = new ArrayList<>();
		for (Path page : pages) {
			for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
				if (!leadsSomewhere(page, link.group(1))) {
					broken.add(page + ": " + link.group(1));
				}
			}
		}
		assertThat(broken).isEmpty();
		assertThat(leadsSomewhere(DOCS.resolve("bridge.md"), "blocking-operations.md#no-such-rule")).isFalse();
	}

	private static boolean leadsSomewhere(Path page, String link) throws IOException {
		int hash = link.indexOf('#');
		String file = (hash < 0) ? link : link.substring(0, hash);
		Path target = file.isEmpty() ? page : page.resolveSibling(file);
		return Files.exists(target) && (hash < 0 || anchors(target).contains(link.substring(hash + 1)));
	}

	/**
	 * Returns the anchors that a page gets where Markdown is shown, and those it sets.
	 */
	private static Set<String> anchors(Path page) throws IOException {
		String text = Files.readString(page);
		return Stream
			.concat(HEADING.matcher(text)
				.results()
				.map((heading) -> heading.group(1)
					.toLowerCase(Locale.ROOT)
					.replaceAll("[^\\p{L}\\p{N} _-]", "")
					.replace(' ', '-')), ANCHOR.matcher(text).results().map((anchor) -> anchor.group(1)))
			.collect(Collectors.toSet());
	}

}
