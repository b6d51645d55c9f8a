package com.example.snippet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every piece of Java in the documentation is taken from the sources, or compiles.
 */
class SnippetTests {

	private static final Path ROOT = Path.of("../..");

	private final SnippetCompiler compiler = new SnippetCompiler();

	@TempDir
	Path classes;

	@Test
	void everySnippetIsTakenFromTheSourcesOrCompiles() throws IOException {
		String sources = sources();
		List<Snippet> snippets = snippets().stream().filter((snippet) -> !sources.contains(snippet.compact())).toList();
		assertThat(snippets).hasSizeGreaterThan(60);
		assertThat(this.compiler.problems(snippets, this.classes)).isEmpty();
	}

	@Test
	void theFiveApproachesAreTakenFromTestedSources() throws IOException {
		String sources = sources();
		assertThat(Snippet.of(ROOT.resolve("docs/five-approaches.md")).stream().limit(11)).hasSize(11)
			.allMatch((snippet) -> sources.contains(snippet.compact()));
	}

	@Test
	void misspeltSnippetDoesNotCompile() {
		assertThat(this.compiler.problems(List.of(new Snippet("page.md", 1, "return bridge.cal(() -> path);")),
				this.classes))
			.singleElement()
			.asString()
			.startsWith("page.md:1: cannot find symbol");
	}

	private static List<Snippet> snippets() throws IOException {
		List<Snippet> snippets = new ArrayList<>(Snippet.of(ROOT.resolve("README.md")));
		try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
			for (Path page : pages.filter((path) -> path.toString().endsWith(".md")).sorted().toList()) {
				snippets.addAll(Snippet.of(page));
			}
		}
		return snippets;
	}

	private static String sources() throws IOException {
		List<String> sources = new ArrayList<>();
		for (String directory : List.of("bridge/src/main/java", "core/src/main/java", "integration-tests/clean/src")) {
			try (Stream<Path> files = Files.walk(ROOT.resolve(directory))) {
				files.filter((file) -> file.toString().endsWith(".java")).map(SnippetTests::read).forEach(sources::add);
			}
		}
		return sources.stream().map(Snippet::compact).collect(Collectors.joining("\n"));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
