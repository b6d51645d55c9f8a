package io.github.loopguard.report.baseline;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

import io.github.loopguard.ViolationKey;
import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.baseline.BaselineEntry.Budget;
import io.github.loopguard.baseline.BaselineEntry.Status;
import io.github.loopguard.report.file.ProblemText;

/**
 * Reads a baseline token by token, so that messages can name the line of an error.
 */
final class BaselineReader {

	static final int SCHEMA = 1;

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	/**
	 * Longest text of a baseline: more than 50,000 entries.
	 */
	static final int LONGEST = 16 << 20;

	private static final String BYTE_ORDER_MARK = "\ufeff";

	private static final Set<String> CONFLICT_MARKERS = Set.of("<<<<<<<", "=======", ">>>>>>>", "|||||||");

	private final String source;

	private final JsonParser parser;

	private final int lastLine;

	private final Map<ViolationKey, Integer> lines = new HashMap<>();

	private BaselineReader(String source, String text, JsonParser parser) {
		this.source = source;
		this.parser = parser;
		this.lastLine = Math.max(1, (int) text.lines().count());
	}

	static Baseline read(String source, String given) {
		String text = given.startsWith(BYTE_ORDER_MARK) ? given.substring(1) : given;
		if (text.length() > LONGEST) {
			throw tooLarge(source, text.length());
		}
		if (text.isBlank()) {
			throw new BaselineException(source, 1, "it is empty. Restore it from version control, or delete it and "
					+ "record again; an empty baseline is {\"schema\": 1, \"entries\": []}");
		}
		try (JsonParser parser = MAPPER.createParser(text)) {
			return new BaselineReader(source, text, parser).baseline();
		}
		catch (JacksonException ex) {
			throw broken(source, text, ex);
		}
	}

	static BaselineException tooLarge(String source, long size) {
		return new BaselineException(source, 0, "it has " + ProblemText.megabytes(size) + ", and the limit is "
				+ ProblemText.megabytes(LONGEST) + ". Split it by modules");
	}

	private static BaselineException broken(String source, String text, JacksonException ex) {
		int line = (ex.getLocation() != null) ? ex.getLocation().getLineNr() : 0;
		int last = 0;
		Iterator<String> lines = text.lines().iterator();
		while (lines.hasNext()) {
			String content = lines.next();
			last++;
			String marker = content.substring(0, Math.min(7, content.length()));
			if (CONFLICT_MARKERS.contains(marker)) {
				return new BaselineException(source, last, "a merge left the marker " + marker
						+ ". Keep the entries of both sides; their order does not matter");
			}
		}
		String message = ex.getOriginalMessage();
		String reason = message.startsWith("Unexpected end-of-input") ? "it ends in the middle of something" : message;
		return new BaselineException(source, Math.min(line, Math.max(1, last)),
				"it is no JSON: " + reason + ". Correct it, or restore it from version control");
	}

	private Baseline baseline() {
		expect(this.parser.nextToken(), JsonToken.START_OBJECT, "an object with 'schema' and 'entries'");
		Integer schema = null;
		List<BaselineEntry> entries = null;
		while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = this.parser.currentName();
			this.parser.nextToken();
			switch (name) {
				case "$schema" -> text(name);
				case "schema" -> schema = schema();
				case "entries" -> entries = entries();
				default -> throw unknown(name, "a baseline has schema and entries");
			}
		}
		if (this.parser.nextToken() != null) {
			throw problem("there is something after the end of the baseline");
		}
		if (schema == null) {
			throw problem(1, "'schema' is missing; write \"schema\": " + SCHEMA);
		}
		if (entries == null) {
			throw problem(1, "'entries' is missing; write \"entries\": []");
		}
		return new Baseline(entries);
	}

	private int schema() {
		int schema = number("schema");
		if (schema != SCHEMA) {
			throw problem("its schema is " + schema + ", and this version of Loopguard reads " + SCHEMA
					+ "; update Loopguard");
		}
		return schema;
	}

	private List<BaselineEntry> entries() {
		expect(this.parser.currentToken(), JsonToken.START_ARRAY, "a list of entries");
		List<BaselineEntry> entries = new ArrayList<>();
		while (this.parser.nextToken() != JsonToken.END_ARRAY) {
			int line = line();
			BaselineEntry entry = entry(line);
			Integer other = this.lines.putIfAbsent(entry.key(), line);
			if (other != null) {
				throw problem(line,
						"the entry for " + entry.key() + " is there already, on line " + other + "; keep one of them");
			}
			entries.add(entry);
		}
		return entries;
	}

	private BaselineEntry entry(int line) {
		expect(this.parser.currentToken(), JsonToken.START_OBJECT, "an entry");
		Map<String, String> texts = new HashMap<>();
		LocalDate until = null;
		Status status = null;
		Budget budget = Budget.UNLIMITED;
		List<String> via = List.of();
		while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = this.parser.currentName();
			this.parser.nextToken();
			switch (name) {
				case "at", "rule", "api", "reason", "owner", "link" -> texts.put(name, text(name));
				case "status" -> status = status();
				case "until" -> until = until();
				case "budget" -> budget = budget();
				case "via" -> via = via();
				default ->
					throw unknown(name, "an entry has at, rule, api, status, reason, owner, until, link, budget, via");
			}
		}
		Function<String, String> required = (name) -> {
			String value = texts.get(name);
			if (value == null) {
				throw problem(line, "the entry has no '" + name + "'");
			}
			return value;
		};
		ViolationKey key = new ViolationKey(required.apply("rule"), required.apply("api"), required.apply("at"));
		if (status == null) {
			throw problem(line, "the entry has no 'status'; write one of " + statuses());
		}
		if (status == Status.WAITING_UPSTREAM && !texts.containsKey("link")) {
			throw problem(line, "the entry waits for others and does not say for what; add \"link\" with the address "
					+ "of their issue");
		}
		return new BaselineEntry(key, status, required.apply("reason"), texts.get("owner"), until, texts.get("link"),
				budget, via);
	}

	private Status status() {
		String name = text("status");
		return Status.find(name)
			.orElseThrow(() -> problem("the status '" + name + "' does not exist; write one of " + statuses()));
	}

	private LocalDate until() {
		String date = text("until");
		try {
			return LocalDate.parse(date);
		}
		catch (DateTimeException ex) {
			throw problem("'until' is '" + date + "', which is no date; write year, month and day, such as 2027-03-31");
		}
	}

	private Budget budget() {
		expect(this.parser.currentToken(), JsonToken.START_OBJECT, "a budget");
		Integer occurrences = null;
		Integer heldMillis = null;
		while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = this.parser.currentName();
			this.parser.nextToken();
			switch (name) {
				case "occurrences" -> occurrences = number(name);
				case "heldMillis" -> heldMillis = number(name);
				default -> throw unknown(name, "a budget has occurrences and heldMillis");
			}
		}
		return new Budget(occurrences, heldMillis);
	}

	private List<String> via() {
		expect(this.parser.currentToken(), JsonToken.START_ARRAY, "a list of tests and routes");
		List<String> via = new ArrayList<>();
		while (this.parser.nextToken() != JsonToken.END_ARRAY) {
			via.add(text("via"));
		}
		return via;
	}

	private String text(String name) {
		expect(this.parser.currentToken(), JsonToken.VALUE_STRING, "a text for '" + name + "'");
		String text = this.parser.getString();
		if (text.isBlank()) {
			throw problem("'" + name + "' is empty");
		}
		return text;
	}

	private int number(String name) {
		expect(this.parser.currentToken(), JsonToken.VALUE_NUMBER_INT, "a whole number for '" + name + "'");
		if (this.parser.getNumberType() != NumberType.INT) {
			throw problem("'" + name + "' must be at most " + Integer.MAX_VALUE);
		}
		int number = this.parser.getIntValue();
		if (number < 0) {
			throw problem("'" + name + "' must not be negative, but is " + number);
		}
		return number;
	}

	private void expect(@Nullable JsonToken token, JsonToken expected, String what) {
		if (token != expected) {
			throw problem("there should be " + what);
		}
	}

	private BaselineException unknown(String name, String known) {
		return problem("'" + name + "' is not known here; " + known);
	}

	private BaselineException problem(String reason) {
		return problem(line(), reason);
	}

	private BaselineException problem(int line, String reason) {
		return new BaselineException(this.source, line, reason);
	}

	private int line() {
		return Math.min(this.parser.currentTokenLocation().getLineNr(), this.lastLine);
	}

	private static String statuses() {
		return Stream.of(Status.values()).map(Status::toString).collect(Collectors.joining(", "));
	}

}
