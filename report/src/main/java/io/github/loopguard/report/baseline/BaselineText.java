package io.github.loopguard.report.baseline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.baseline.BaselineEntry.Budget;

/**
 * Text format of a baseline: sorted entries, one block of lines for each, without values
 * that change from run to run.
 *
 * @since 0.1
 */
public final class BaselineText {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private BaselineText() {
	}

	/**
	 * Reads a baseline.
	 * @param source where the text comes from, for messages
	 * @param text the text
	 * @return the baseline
	 * @throws BaselineException if the text is not a baseline
	 */
	public static Baseline read(String source, String text) {
		return BaselineReader.read(source, text);
	}

	/**
	 * Writes a baseline.
	 * @param baseline the baseline
	 * @return the text, the same for equal baselines
	 */
	public static String write(Baseline baseline) {
		String head = "{\n  \"schema\": " + BaselineReader.SCHEMA + ",\n  \"entries\": [";
		if (baseline.isEmpty()) {
			return head + "]\n}\n";
		}
		return baseline.entries()
			.stream()
			.map(BaselineText::block)
			.collect(Collectors.joining(",\n    ", head + "\n    ", "\n  ]\n}\n"));
	}

	/**
	 * Writes one entry, to be pasted into a baseline.
	 * @param entry the entry
	 * @return the entry on one line
	 */
	public static String line(BaselineEntry entry) {
		return properties(entry).entrySet()
			.stream()
			.map((property) -> quoted(property.getKey()) + ": " + property.getValue())
			.collect(Collectors.joining(", ", "{ ", " }"));
	}

	private static String block(BaselineEntry entry) {
		Map<String, String> properties = properties(entry);
		properties.put("via", list(entry.via()));
		return properties.entrySet()
			.stream()
			.map((property) -> "      " + quoted(property.getKey()) + ": " + property.getValue())
			.collect(Collectors.joining(",\n", "{\n", "\n    }"));
	}

	private static Map<String, String> properties(BaselineEntry entry) {
		Map<String, String> properties = new LinkedHashMap<>();
		put(properties, "at", entry.key().at());
		put(properties, "rule", entry.key().rule());
		put(properties, "api", entry.key().api());
		put(properties, "status", entry.status());
		put(properties, "reason", entry.reason());
		put(properties, "owner", entry.owner());
		put(properties, "until", entry.until());
		put(properties, "link", entry.link());
		if (!entry.budget().equals(Budget.UNLIMITED)) {
			properties.put("budget", budget(entry.budget()));
		}
		return properties;
	}

	private static void put(Map<String, String> properties, String name, @Nullable Object value) {
		if (value != null) {
			properties.put(name, quoted(value.toString()));
		}
	}

	private static String budget(Budget budget) {
		Map<String, Integer> limits = new LinkedHashMap<>();
		if (budget.occurrences() != null) {
			limits.put("occurrences", budget.occurrences());
		}
		if (budget.heldMillis() != null) {
			limits.put("heldMillis", budget.heldMillis());
		}
		return limits.entrySet()
			.stream()
			.map((limit) -> quoted(limit.getKey()) + ": " + limit.getValue())
			.collect(Collectors.joining(", ", "{ ", " }"));
	}

	private static String list(List<String> texts) {
		return texts.isEmpty() ? "[]"
				: texts.stream()
					.map((text) -> "        " + quoted(text))
					.collect(Collectors.joining(",\n", "[\n", "\n      ]"));
	}

	private static String quoted(String text) {
		return MAPPER.writeValueAsString(text);
	}

}
