package io.github.loopguard.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.loopguard.Violation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Reports in all their forms, read again.
 */
class ReportTests {

	private static final String NAME = "com.acme.Orders";

	private static final String EVIL = "com.acme.</script><script>alert(1)</script><!--\u2028";

	private Path directory;

	private Report report;

	@BeforeEach
	void createReport(@TempDir Path root) throws IOException {
		this.directory = root;
		this.report = report(Repository.create(root).sources(), NAME);
	}

	private static Report report(SourceFinder sources, String className) {
		return new ReportBuilder().module("web")
			.version("0.1.0")
			.add(Violations.read(3, 120), "com.acme.InvoiceTests#renders", null,
					Violations.stack("com.acme.InvoiceController", "render", 42), sources)
			.add(Violations.read(1, 20), "com.acme.InvoiceTests#renders", null,
					Violations.stack("com.acme.InvoiceController", "render", 43), sources)
			.add(Violations.at("000000000001", className, "$1\\E", 1, 5), className + "#x", "<b>known</b>",
					Violations.stack(className, "a b;c", 1), sources)
			.build(Violations.NOON);
	}

	@Test
	void jsonIsReadAsItWasWritten() throws IOException {
		Path file = Files.writeString(this.directory.resolve("report.json"), ReportJson.write(this.report));
		assertThat(ReportJson.read(file)).isEqualTo(this.report);
	}

	@Test
	void jsonHasThePublishedForm() throws IOException {
		String schema = Files.readString(Path.of("../docs/report.schema.json"));
		assertThat(JsonSchemaFactory.getInstance(VersionFlag.V202012)
			.getSchema(schema)
			.validate(ReportJson.write(this.report), InputFormat.JSON)).isEmpty();
	}

	@Test
	void sumsUp() {
		assertThat(this.report.totals()).isEqualTo(new ReportTotals(2, 5, 1, 0, 0));
		assertThat(this.report.untolerated()).singleElement().satisfies((violation) -> {
			assertThat(violation.count()).isEqualTo(4);
			assertThat(violation.tests()).hasSize(1);
			assertThat(violation.stacks()).extracting(ReportedStack::count).containsExactly(3L, 1L);
		});
	}

	@Test
	void whatSomeTestsTolerateIsNotCountedAmongTheRest() {
		SourceFinder sources = SourceFinder.of(this.directory, "");
		ReportBuilder builder = new ReportBuilder().module("web");
		for (int i = 1; i < 8; i++) {
			builder.add(Violations.read(1, 5), "com.acme.InvoiceTests#allowed" + i, "because", List.of(), sources);
		}
		Report partly = builder.add(Violations.read(1, 5), "com.acme.InvoiceTests#renders", null, List.of(), sources)
			.build(Violations.NOON);
		assertThat(GitHubOutput.summary(partly)).contains("| 1 |", "InvoiceTests#renders, tolerated in 7 more")
			.doesNotContain("| 8 |");
		assertThat(GitHubOutput.annotations(partly)).singleElement()
			.asString()
			.contains("It happened once", "Seen in com.acme.InvoiceTests#renders, tolerated in 7 more");
		assertThat(Written.as(ReportFormat.SARIF, partly)).containsPattern("\"occurrenceCount\"\\s*:\\s*1\\D");
	}

	@Test
	void isTheSameInWhateverOrderReportsAreMerged() {
		SourceFinder sources = SourceFinder.of(this.directory, "");
		Report other = new ReportBuilder().module("core")
			.add(Violations.read(1, 5), "com.acme.OtherTests#x", "because", List.of(), sources)
			.build(Violations.NOON);
		Report one = new ReportBuilder().add(this.report).add(other).build(Violations.NOON);
		Report two = new ReportBuilder().add(other).add(this.report).build(Violations.NOON);
		assertThat(one.violations()).extracting(ReportedViolation::id, ReportedViolation::count)
			.isEqualTo(two.violations()
				.stream()
				.map((it) -> org.assertj.core.groups.Tuple.tuple(it.id(), it.count()))
				.toList());
		assertThat(one.totals()).isEqualTo(two.totals());
		assertThat(one.module()).isNull();
		assertThat(one.untolerated()).hasSize(1);
	}

	@Test
	void aFileThatIsNoReportIsNamedWithLineAndReason() throws IOException {
		Path broken = Files.writeString(this.directory.resolve("broken.json"), "{\n  \"schema\": 1,\n  oops");
		assertThatExceptionOfType(UnreadableReportException.class).isThrownBy(() -> ReportJson.read(broken))
			.withMessageContaining("broken.json:3");
		Path other = Files.writeString(this.directory.resolve("other.json"), "{\"schema\": 2, \"violations\": []}");
		assertThatExceptionOfType(UnreadableReportException.class).isThrownBy(() -> ReportJson.read(other))
			.withMessageContaining("schema 2");
		Path part = Files.writeString(this.directory.resolve("part.json"), "{\"schema\": 1, \"violations\": []}");
		assertThatExceptionOfType(UnreadableReportException.class).isThrownBy(() -> ReportJson.read(part))
			.withMessageContaining("part.json:1 is not a complete report: created: is missing or null");
	}

	@Test
	void collapsedStacksAreOneLineEach() {
		assertThat(Written.as(ReportFormat.COLLAPSED, this.report).lines()).hasSize(3)
			.allSatisfy((line) -> assertThat(line).matches("\\S+ \\d+"))
			.contains("reactor.core.publisher.MonoMap.onNext(MonoMap.java:106);com.acme.Router.route(Router.java:12);"
					+ "com.acme.InvoiceController.render(InvoiceController.java:42);"
					+ "java.nio.file.Files.readString(Files.java:1) 120000");
	}

	@Test
	void noNameBreaksOutOfThePage() {
		Report evil = report(SourceFinder.of(this.directory, ""), EVIL);
		String page = Written.as(ReportFormat.HTML, evil);
		assertThat(page).doesNotContain("alert(1)</script>", "<b>known", "<!--", "\u2028").containsOnlyOnce("</html>");
		assertThat(Pattern.compile("</script").matcher(page).results()).hasSize(2);
		Matcher data = Pattern.compile("(?s)<script id=\"report\" type=\"application/json\">(.*?)</script>")
			.matcher(page);
		assertThat(data.find()).isTrue();
		assertThat(ReportJson.MAPPER.readValue(data.group(1), Report.class)).isEqualTo(evil);
	}

	@Test
	void thePageTakesNothingFromTheNetworkAndRunsOnlyItsOwnScript() throws Exception {
		String page = Written.as(ReportFormat.HTML, this.report);
		assertThat(page).doesNotContain("http:", "https:", " src=", "@import", "innerHTML", "onclick");
		Matcher policy = Pattern.compile("Content-Security-Policy\" content=\"([^\"]+)\"").matcher(page);
		assertThat(policy.find()).isTrue();
		Matcher script = Pattern.compile("(?s)<script>(.*?)</script>").matcher(page);
		assertThat(script.find()).isTrue();
		byte[] digest = java.security.MessageDigest.getInstance("SHA-256")
			.digest(script.group(1).getBytes(StandardCharsets.UTF_8));
		assertThat(policy.group(1))
			.contains("default-src 'none'",
					"script-src 'sha256-" + java.util.Base64.getEncoder().encodeToString(digest) + "'")
			.doesNotContain("unsafe");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u001b[2J", "\u202e", "\u200b", "\r\n::error::forged", "\n::add-mask::render" })
	void noNameActsWhereItIsPrinted(String hostile) {
		Report evil = report(SourceFinder.of(this.directory, ""), "com.acme." + hostile);
		Violation violation = Violations.at("000000000002", hostile + "Orders", hostile, 1, 5);
		Report other = new ReportBuilder().module(hostile)
			.add(evil)
			.add(violation, hostile + "#x", null, Violations.stack(hostile, hostile, 1),
					SourceFinder.of(this.directory, ""))
			.build(Violations.NOON);
		assertThat(GitHubOutput.annotations(other)).hasSize(2)
			.allSatisfy((line) -> assertThat(line).startsWith("::warning ")
				.doesNotContain(hostile)
				.doesNotContainPattern("[\\r\\n]"));
		assertThat(GitHubOutput.summary(other)).doesNotContain(hostile).doesNotContainPattern("(?m)^\\s*::");
		assertThat(Written.as(ReportFormat.COLLAPSED, other)).doesNotContain(hostile)
			.doesNotContainPattern("(?m)^\\s*::");
	}

	@Test
	void aByteOrderMarkIsAccepted() throws IOException {
		Path file = Files.writeString(this.directory.resolve("report.json"), "\ufeff" + ReportJson.write(this.report));
		assertThat(ReportJson.read(file)).isEqualTo(this.report);
	}

}
