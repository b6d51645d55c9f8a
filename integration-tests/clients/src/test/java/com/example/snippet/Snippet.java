package com.example.snippet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A piece of Java in a page.
 *
 * @param page the page
 * @param line the line on which it begins
 * @param code the code
 */
record Snippet(String page, int line, String code) {

	private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	static List<Snippet> of(Path page) throws IOException {
		String text = Files.readString(page);
		return BLOCK.matcher(text)
			.results()
			.map((block) -> new Snippet(page.getFileName().toString(),
					(int) text.substring(0, block.start(1)).lines().count() + 1, block.group(1).strip()))
			.toList();
	}

	/**
	 * Returns the code without what formatting changes.
	 */
	String compact() {
		return compact(this.code);
	}

	static String compact(String code) {
		return code.replaceAll("\\s+", "");
	}

	String className() {
		return "Snippet_" + this.page.replaceAll("\\W", "_") + "_" + this.line;
	}

	@Override
	public String toString() {
		return this.page + ":" + this.line;
	}

}
