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
 * The documentation of the rules, read from the jar: one section for each rule. Reading
 * blocks, so instances must not be created on event loops.
 *
 * @since 0.1
 */
public final class RulePages {

	private static final String DOCUMENT = "/META-INF/loopguard/blocking-operations.md";

	private static final Pattern SECTION = Pattern.compile("(?ms)^## ([a-z-]+)\\R(.*?)(?=^## |^<a id=|\\z)");

	private final Map<String, String> sections = new HashMap<>();

	/**
	 * Reads the pages of all rules.
	 */
	public RulePages() {
		Matcher section = SECTION.matcher(read());
		while (section.find()) {
			this.sections.put(section.group(1), section.group(2).strip());
		}
	}

	/**
	 * Returns the page of a rule.
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
