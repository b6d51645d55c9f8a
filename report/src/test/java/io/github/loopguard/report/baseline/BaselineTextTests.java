package io.github.loopguard.report.baseline;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.baseline.BaselineEntry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

/**
 * Tests for {@link BaselineText}.
 */
class BaselineTextTests {

	private static final String TEXT = """
			{
			  "schema": 1,
			  "entries": [
			    {
			      "at": "com.acme.A#read",
			      "rule": "file-read",
			      "api": "java.nio.file.Files.readString",
			      "status": "waiting-upstream",
			      "reason": "fixed in \\"2.3\\"",
			      "owner": "@team-orders",
			      "until": "2027-03-31",
			      "link": "https://example.com/issues/7",
			      "budget": { "occurrences": 3, "heldMillis": 50 },
			      "via": [
			        "com.acme.ATests#a",
			        "com.acme.BTests#b"
			      ]
			    },
			    {
			      "at": "com.acme.B#read",
			      "rule": "file-read",
			      "api": "java.nio.file.Files.readString",
			      "status": "accepted",
			      "reason": "recorded, not reviewed",
			      "via": []
			    }
			  ]
			}
			""";

	@Test
	void isSortedWithOneEntryABlock() {
		assertThat(BaselineText
			.write(new Baseline(List.of(Entries.recorded("com.acme.B#read"), Entries.full("com.acme.A#read")))))
			.isEqualTo(TEXT);
	}

	@Test
	void readsWhatItWrites() {
		assertThat(BaselineText.read("b.json", TEXT).entries()).containsExactly(Entries.full("com.acme.A#read"),
				Entries.recorded("com.acme.B#read"));
		assertThat(BaselineText.write(BaselineText.read("b.json", TEXT.replace("\n", "\r\n")))).isEqualTo(TEXT);
		assertThat(BaselineText.read("b.json", BaselineText.write(Baseline.NONE)).entries()).isEmpty();
	}

	@Test
	void readsTheLineThatPeoplePaste() {
		BaselineEntry entry = Entries.recorded("com.acme.A#read", "com.acme.ATests#a");
		String text = "{ \"schema\": 1, \"entries\": [ " + BaselineText.line(entry) + " ] }";
		assertThat(BaselineText.read("b.json", text).entries()).containsExactly(entry.via(List.of()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"schema": 1,      | "schema": 2,     | 2  | its schema is 2, and this version of Loopguard reads 1
			"schema": 1,      | ``               | 1  | 'schema' is missing
			"entries": [      | "entry": [       | 3  | 'entry' is not known here; a baseline has schema and entries
			"owner":          | "ownr":          | 10 | 'ownr' is not known here; an entry has at, rule, api, status
			"2027-03-31"      | "2027-02-30"     | 11 | 'until' is '2027-02-30', which is no date; write year, month
			waiting-upstream  | fixed            | 8  | the status 'fixed' does not exist; write one of accepted,
			"link":           | "owner2":        | 12 | 'owner2' is not known here
			"heldMillis"      | "held"           | 13 | 'held' is not known here; a budget has occurrences and
			"heldMillis": 50  | "heldMillis": -5 | 13 | 'heldMillis' must not be negative, but is -5
			"@team-orders"    | ""               | 10 | 'owner' is empty
			"@team-orders"    | 7                | 10 | there should be a text for 'owner'
			A#read            | B#read           | 19 | is there already, on line 4; keep one of them
			"via": []         | "via": [         | 26 | it is no JSON
			"rule": "file-read", | ``            | 4  | the entry has no 'rule'
			"entries": [      | "entries": {     | 3  | there should be a list of entries
			""")
	void saysWhatIsWrongAndWhere(String correct, String wrong, int line, String reason) {
		String text = TEXT.replaceFirst(Pattern.quote(correct), wrong);
		assertThat(text).isNotEqualTo(TEXT);
		assertThatExceptionOfType(BaselineException.class).isThrownBy(() -> BaselineText.read("b.json", text))
			.satisfies((ex) -> {
				assertThat(ex.getMessage()).startsWith("The baseline b.json, line ").contains(reason);
				assertThat(ex.line()).isEqualTo(line);
			});
	}

	@Test
	void isReadInTimeThatGrowsWithItsSize() {
		List<BaselineEntry> entries = IntStream.range(0, 20_000)
			.mapToObj((i) -> Entries.recorded("com.acme.C" + i + "#m", "com.acme.CTests#m"))
			.toList();
		String text = BaselineText.write(new Baseline(entries));
		assertTimeout(Duration.ofSeconds(20),
				() -> assertThat(BaselineText.read("b.json", text).entries()).hasSize(20_000));
	}

	@Test
	void quotesNothingThatActsOrFillsTheScreen() {
		String text = TEXT.replace("\"accepted\"", "\"\\u001b[2J\\u202e" + "x".repeat(100_000) + "\"");
		assertThatExceptionOfType(BaselineException.class).isThrownBy(() -> BaselineText.read("b\u001b.json", text))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("\u001b", "\u202e").hasSizeLessThan(1_000))
			.satisfies((ex) -> assertThat(ex.reason()).doesNotContain("\u001b", "\u202e").hasSizeLessThan(1_000));
	}

	@ParameterizedTest
	@ValueSource(strings = { "99999999999", "1e400", "1.5", "true", "null", "[3]" })
	void aBudgetIsAWholeNumber(String number) {
		String text = TEXT.replace("\"occurrences\": 3", "\"occurrences\": " + number);
		assertThatExceptionOfType(BaselineException.class).isThrownBy(() -> BaselineText.read("b.json", text))
			.withMessageStartingWith("The baseline b.json, line 13: ")
			.withMessageContaining("'occurrences'");
	}

	@Test
	void saysThatAMergeIsNotFinished() {
		String text = TEXT.replace("    {\n      \"at\": \"com.acme.B#read\"",
				"<<<<<<< HEAD\n    {\n      \"at\": \"com.acme.B#read\"");
		assertThatExceptionOfType(BaselineException.class).isThrownBy(() -> BaselineText.read("b.json", text))
			.withMessageStartingWith("The baseline b.json, line 19: a merge left the marker <<<<<<<");
	}

	@Test
	void saysThatItIsTruncated() {
		assertThatExceptionOfType(BaselineException.class).isThrownBy(() -> BaselineText.read("b.json", ""))
			.withMessageStartingWith("The baseline b.json, line 1: it is empty");
		assertThatExceptionOfType(BaselineException.class)
			.isThrownBy(() -> BaselineText.read("b.json", TEXT.substring(0, TEXT.indexOf("\"owner\""))))
			.satisfies((ex) -> assertThat(ex.line()).isEqualTo(10))
			.withMessageContaining("it is no JSON");
	}

	@Test
	void asksWhatIsWaitedFor() {
		String text = TEXT.replace("      \"link\": \"https://example.com/issues/7\",\n", "");
		assertThatExceptionOfType(BaselineException.class).isThrownBy(() -> BaselineText.read("b.json", text))
			.withMessageContaining("line 4: the entry waits for others and does not say for what; add \"link\"");
	}

}
