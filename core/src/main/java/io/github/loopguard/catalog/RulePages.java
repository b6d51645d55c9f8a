package io.github.loopguard.autoconfigure.endpoint;

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
 * The documentation of the rules as it travels in the jar, one section each. Read once,
 * when the application starts.
 */
final class RulePages {

	private static final String DOCUMENT = "/META-INF/loopguard/blocking-operations.md";

	private static final Pattern SECTION = Pattern.compile("(?ms)^## ([a-z-]+)\\R(.*?)(?=^## |^<a id=|\\z)");

	private final Map<String, String> sections = new HashMap<>();

	RulePages() {
		Matcher section = SECTION.matcher(read());
		while (section.find()) {
			this.sections.put(section.group(1), section.group(2).strip());
		}
	}

	@Nullable String find(String rule) {
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
