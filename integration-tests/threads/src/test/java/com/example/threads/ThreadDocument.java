package com.example.threads;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The document that says which threads are event loops.
 */
final class ThreadDocument {

	static final Path PATH = Path.of("..", "..", "docs", "threads.md");

	private static final String TABLE = "| library | thread | what runs there | Loopguard | BlockHound alone |";

	private ThreadDocument() {
	}

	static String read() throws IOException {
		return Files.readString(PATH);
	}

	/**
	 * Returns the document with another table. What this machine does not have stays.
	 */
	static String with(String document, List<LibraryThread> threads, Set<String> foundByBareBlockHound) {
		List<String> text = document.lines().toList();
		List<String> before = text.stream().takeWhile((line) -> !line.equals(TABLE)).toList();
		List<String> after = text.stream()
			.dropWhile((line) -> !line.equals(TABLE))
			.dropWhile((line) -> line.startsWith("|"))
			.toList();
		Stream<String> rows = threads.stream().map((thread) -> {
			String known = "| " + thread.library() + " | `" + thread.name() + "` | " + thread.work() + " | "
					+ thread.kind() + " | ";
			return thread.available()
					? known + (foundByBareBlockHound.contains(thread.toString()) ? "event loop" : "–") + " |"
					: text.stream().filter((line) -> line.startsWith(known)).findFirst().orElse(known + "? |");
		});
		return Stream.of(before.stream(), Stream.of(TABLE, "|---|---|---|---|---|"), rows, after.stream())
			.flatMap((lines) -> lines)
			.collect(Collectors.joining("\n", "", "\n"));
	}

}
