package io.github.loopguard.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Counterparts}.
 */
class CounterpartsTests {

	private static final Path PAGE = Path.of("..", "docs", "blocking-operations.md");

	@Test
	void tableListsExactlyTheCounterparts() throws IOException {
		List<String> rows = Files.readAllLines(PAGE)
			.stream()
			.dropWhile((line) -> !line.equals("| library | instead |"))
			.skip(2)
			.takeWhile((line) -> line.startsWith("| "))
			.toList();
		assertThat(rows).containsExactlyElementsOf(Counterparts.ALL.stream()
			.map((it) -> "| " + it.library() + " | " + it.fix() + " |")
			.distinct()
			.toList());
	}

}
