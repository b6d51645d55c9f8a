package com.example.shop.operation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.core.io.ClassPathResource;

/**
 * Source code of a class, which the build puts beside it, so that what the page shows is
 * what runs.
 */
final class SourceCode {

	private final String text;

	private SourceCode(String text) {
		this.text = text;
	}

	static SourceCode of(Class<?> type) {
		try {
			return new SourceCode(new ClassPathResource(type.getSimpleName() + ".java", type)
				.getContentAsString(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns where a method stands.
	 */
	int position(String methodName) {
		return find(methodName).start();
	}

	/**
	 * Returns a method without its annotations and its indentation.
	 */
	String ofMethod(String methodName) {
		return find(methodName).group(1).replaceAll("(?m)^\t", "");
	}

	private Matcher find(String methodName) {
		Matcher matcher = Pattern
			.compile("^(\t[\\w<>]+ " + Pattern.quote(methodName) + "\\(.*?\n\t}\n)", Pattern.MULTILINE | Pattern.DOTALL)
			.matcher(this.text);
		if (!matcher.find()) {
			throw new IllegalStateException("No source of method '" + methodName + "'");
		}
		return matcher;
	}

}
