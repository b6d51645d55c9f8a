package io.github.loopguard.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files that are no reports or baselines, though they look like it: the exit code is 2,
 * and one line names the file, the place and the problem.
 */
class MalformedFileTests {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	@TempDir
	private Path directory;

	private Path valid;

	private Path baseline;

	@BeforeEach
	void writeFiles() throws IOException {
		this.valid = Reports.write(Files.createDirectory(this.directory.resolve("valid")));
		this.baseline = Reports.writeBaseline(this.directory);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					/schema                       | 2                  | has schema 2
					/schema                       | "1"                | no schema
					/schema                       |                    | no schema
					/created                      |                    | created: is missing
					/created                      | ""                 | created
					/created                      | "yesterday"        | created
					/totals                       | null               | totals: is missing
					/totals/tests                 |                    | totals.tests: is missing
					/totals/tests                 | "many"             | totals.tests
					/totals/tests                 | 1.5                | totals.tests
					/totals/unnamed               | -1                 | totals.unnamed: -1 is not between
					/rules                        | null               | rules: is missing
					/rules/0                      | null               | rules
					/rules/0/title                | null               | rules[0].title: is missing
					/tests                        | null               | tests: is missing
					/tests                        | "all"              | tests
					/tests/0                      | null               | tests
					/tests/0                      | 7                  | tests[0]
					/tests/0                      | "com.acme.ATests"  | tests: 'com.acme.ATests' is not a test
					/failed/0                     | "fails"            | failed: 'fails' is not a test
					/violations                   | {}                 | violations
					/violations/0                 | null               | violations
					/violations/0                 | []                 | violations[0]
					/violations/0/id              |                    | violations[0]
					/violations/0/id              | "../../etc"        | violations[0].id: '../../etc' is not 12 hexadecimal
					/violations/0/rule            | null               | violations[0]
					/violations/0/api             |                    | violations[0]
					/violations/0/origin          | "ELSEWHERE"        | violations[0]
					/violations/0/action          | 1                  | violations[0]
					/violations/0/count           | 9223372036854775807 | violations[0].count: 9223372036854775807 is not
					/violations/0/count           | 1e99               | violations[0]
					/violations/0/held            | null               | violations[0]
					/violations/0/held/total      | "PT1X"             | violations[0]
					/violations/0/held/total      | "-PT1S"            | violations[0].held.total: PT-1S is negative
					/violations/0/held/max        | "PT2562047788015215H30M7S" | violations[0].held.max
					/violations/0/threads         | [null]             | violations[0]
					/violations/0/docs            | null               | violations[0]
					/violations/0/formerKeys      | [null]             | violations[0]
					/violations/0/formerKeys/0/at | null               | violations[0]
					/violations/0/site            | "com.acme.A"       | violations[0]
					/violations/0/site/className  | null               | violations[0]
					/violations/0/site/className  | "com..A"           | violations[0].site.className: 'com..A' is not the name
					/violations/0/site/className  | "\\u001b[2J"       | violations[0].site.className: '\\u001b[2J' is not
					/violations/0/site/className  | "com.acme.\\u202eA" | violations[0].site.className: 'com.acme.\\u202eA' is not
					/violations/0/site/methodName | "a\\n::error::b"   | violations[0].site.methodName: 'a\\u000a::error::b' is not
					/violations/0/site/lines      | {"42": -1}         | violations[0].site.lines.42: -1 is not between
					/violations/0/tests           |                    | violations[0].tests: is missing
					/violations/0/tests/1         | null               | violations[0].tests
					/violations/0/tests/1/name    | "com.acme.#a"      | violations[0].tests: 'com.acme.#a' is not
					/violations/0/tests/1/name    | "com.acme.InvoiceTests" | violations[0].tests: 'com.acme.InvoiceTests' is there twice
					/violations/0/stacks          | null               | violations[0].stacks: is missing
					/violations/0/stacks/0        | null               | violations[0].stacks
					/violations/0/stacks/0/frames | null               | violations[0].stacks[0].frames: is missing
					/violations/0/stacks/0/frames | [0, null]          | violations[0].stacks[0].frames
					/violations/0/stacks/0/frames | [7]                | violations[0].stacks.frames: 7 refers to a frame
					/violations/0/stacks/0/frames | [-1]               | violations[0].stacks.frames: -1 refers to a frame
					/frames                       |                    | frames: is missing
					/frames/0                     | null               | frames
					/frames/0                     | "a\\r\\n::error::b" | frames: 'a\\u000d\\u000a::error::b' is not a frame
					/sources                      | null               | sources: is missing
					/sources                      | {"com.acme.A": null} | sources
					/sources                      | {"com.acme.A": "../../etc/passwd"} | sources.com.acme.A: '../../etc/passwd' is not
					""")
	void aReportThatIsChangedInOnePlace(String pointer, String replacement, String problem) throws IOException {
		Path file = write(changed(MAPPER.readTree(this.valid), pointer, replacement).toString());
		assertRefused(file, problem);
	}

	static List<byte[]> texts() {
		return List.of(bytes(""), bytes(" \n"), bytes("null"), bytes("[]"), bytes("7"), bytes("\"report\""),
				bytes("{}"), bytes("{\"schema\": 1"), bytes("{\"schema\": 1, \"schema\": 1}"), bytes("\ufeff"),
				bytes("{\"schema\": 1, \"x\": " + "[".repeat(100_000)),
				bytes("{\"schema\": 1, \"x\": " + "{\"a\":".repeat(100_000)),
				bytes("{\"schema\": 1, \"" + "x".repeat(100_000) + "\": 1}"),
				bytes("{\"schema\": 1, \"created\": \"" + "x".repeat(2_000_000) + "\"}"),
				bytes("{\"schema\": " + "1".repeat(100_000) + "}"), bytes("{\"schema\": 1e1000000000}"),
				bytes("{\"schema\": 1, \"tests\": [\u001b[2J]}"),
				new byte[] { '{', '"', (byte) 0xC3, '"', ':', '1', '}' }, new byte[] { 0, 0, 0, 0, 0 },
				new byte[] { (byte) 0xFF, (byte) 0xFE, '{' });
	}

	@ParameterizedTest
	@MethodSource("texts")
	void aTextThatIsNoReport(byte[] content) throws IOException {
		Path file = this.directory.resolve("malformed.json");
		Files.write(file, content);
		assertRefused(file, "");
	}

	@Test
	void aReportWithSomethingTwiceOrAfterItsEnd() throws IOException {
		String text = Files.readString(this.valid);
		assertRefused(write(text + "{}"), "malformed.json");
		assertRefused(write(text.replaceFirst("\"api\"", "\"rule\" : \"sleep\", \"api\"")), "Duplicate");
		ObjectNode twice = (ObjectNode) MAPPER.readTree(text);
		((ArrayNode) twice.at("/violations")).add(twice.at("/violations/0"));
		assertRefused(write(twice.toString()), "violations[1].id: '3fa9c1d2e4b7' is there twice");
	}

	@Test
	void aReportThatIsTooLargeOrNoFile() throws IOException {
		Path large = this.directory.resolve("large.json");
		try (FileChannel channel = FileChannel.open(large, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			channel.write(ByteBuffer.wrap(bytes("}")), 300L << 20);
		}
		assertRefused(large, "has 301 MB, and the limit is 256 MB");
		assertRefused(Files.createDirectories(this.directory.resolve("nested/report.json")).getParent(),
				"report.json is a directory");
		assertRefused(this.directory.resolve("\u001b[2J"), "\\u001b[2J does not exist");
	}

	@Test
	void membersOfALaterVersionAreIgnored() throws IOException {
		ObjectNode report = (ObjectNode) MAPPER.readTree(this.valid);
		report.put("later", "x");
		((ObjectNode) report.at("/violations/0")).put("later", "x");
		assertThat(Run.of("check", write(report.toString())).code()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "{}", "{\"schema\": 1}", "{\"schema\": 1, \"entries\": null}",
			"{\"schema\": 1, \"entries\": [null]}", "{\"schema\": 1, \"entries\": [{}]}",
			"{\"schema\": 1, \"entries\": [{\"at\": null}]}", "{\"schema\": 1, \"entries\": []} x",
			"{\"schema\": 99999999999, \"entries\": []}", "{\"schema\": 1, \"schema\": 1, \"entries\": []}",
			"{\"schema\": 1, \"entries\": [{\"via\": [null]}]}", "{\"schema\": 1, \"entries\": [{\"via\": {}}]}",
			"{\"schema\": 1, \"entries\": [{\"until\": \"\u001b[2J\"}]}" })
	void aBaselineThatIsNone(String content) throws IOException {
		Path file = Files.writeString(this.directory.resolve("malformed.json"), content);
		assertRefused(Run.of("check", this.valid, "--baseline", file), file + ", line ");
		assertRefused(Run.of("prune", this.valid, "--baseline", file), file + ", line ");
		assertThat(file).content().isEqualTo(content);
	}

	@Test
	void aBaselineThatIsNestedDeeply() throws IOException {
		Path file = write("{\"schema\": 1, \"entries\": " + "[".repeat(100_000));
		assertRefused(Run.of("check", this.valid, "--baseline", file), file + ", line 1");
	}

	private void assertRefused(Path file, String problem) {
		assertRefused(Run.of("check", file), problem);
		assertRefused(Run.of("check", this.valid, file), problem);
		assertRefused(Run.of("diff", this.valid, file), problem);
		assertRefused(Run.of("diff", file, this.valid), problem);
		assertRefused(Run.of("merge", file, "-o", this.directory.resolve("all")), problem);
		assertRefused(Run.of("merge", this.valid, file, "-o", this.directory.resolve("all")), problem);
		assertRefused(Run.of("prune", file, "--baseline", this.baseline, "--dry-run"), problem);
		assertThat(this.directory.resolve("all")).doesNotExist();
	}

	private static void assertRefused(Run run, String problem) {
		assertThat(run.err()).hasLineCount(1)
			.contains(problem)
			.doesNotContain("A defect")
			.doesNotContainPattern("[\u001b\u202e]")
			.hasSizeLessThan(1_000);
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.out()).isEmpty();
	}

	private Path write(String content) throws IOException {
		return Files.writeString(this.directory.resolve("malformed.json"), content);
	}

	private static JsonNode changed(JsonNode tree, String path, String replacement) {
		JsonPointer pointer = JsonPointer.compile(path);
		assertThat(tree.at(pointer).isMissingNode()).as("%s is there", path).isFalse();
		JsonNode parent = tree.at(pointer.head());
		JsonNode value = (replacement != null) ? MAPPER.readTree(replacement) : null;
		if (parent instanceof ArrayNode array) {
			array.set(pointer.last().getMatchingIndex(), value);
		}
		else if (value != null) {
			((ObjectNode) parent).set(pointer.last().getMatchingProperty(), value);
		}
		else {
			((ObjectNode) parent).remove(pointer.last().getMatchingProperty());
		}
		return tree;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
