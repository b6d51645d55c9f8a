package io.github.loopguard.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The documentation of the rules as it travels in the jar, one section each. Reads a
 * file: not for event loops.
 *
 * @since 0.1
 */
public final class RulePages {

	private static final String DOCUMENT = "/META-INF/loopguard/blocking-operations.md";

	private static final Pattern SECTION = Pattern.compile("(?ms)^## ([a-z-]+)\\R(.*?)(?=^## |^<a id=|\\z)");

	private final Map<String, String> sections = new HashMap<>();

	/**
	 * Reads all pages.
	 */
	public RulePages() {
		Matcher section = SECTION.matcher(read());
		while (section.find()) {
			this.sections.put(section.group(1), section.group(2).strip());
		}
	}

	/**
	 * Finds the page of a rule.
	 * @param rule identifier of the rule
	 * @return the page in Markdown, or {@code null} if there is none
	 */
	public @Nullable String find(String rule) {
		return this.sections.get(rule);
	}

	private static String read() {
		try (InputStream document = RulePages.class.getResourceAsStream(DOCUMENT)) {
			return (document != null) ? new String(document.readAllBytes(), StandardCharsets.UTF_8) : "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not read " + DOCUMENT, ex);
		}
	}

}
