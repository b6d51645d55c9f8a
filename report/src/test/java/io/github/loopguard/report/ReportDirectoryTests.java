package io.github.loopguard.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What several JVMs leave in one directory.
 */
class ReportDirectoryTests {

	private static final EnumSet<ReportFormat> ALL = EnumSet.allOf(ReportFormat.class);

	private final List<String> problems = new ArrayList<>();

	private SourceFinder sources;

	private Path directory;

	@BeforeEach
	void createRepository(@TempDir Path root) throws IOException {
		this.sources = Repository.create(root).sources();
		this.directory = root.resolve("web/target/loopguard");
	}

	@Test
	void addsUpTheForksOfOneBuild() throws IOException {
		directory("build 1").add(Map.of("com.acme.ATests", found("com.acme.ATests", 2, 80)), ALL);
		directory("build 1").add(Map.of("com.acme.BTests", found("com.acme.BTests", 1, 10)), ALL);
		Report report = ReportJson.read(this.directory.resolve("report.json"));
		assertThat(report.violations()).singleElement().satisfies((violation) -> {
			assertThat(violation.count()).isEqualTo(3);
			assertThat(violation.violation().held().total()).isEqualTo(Duration.ofMillis(90));
			assertThat(violation.tests()).extracting(ReportedTest::name)
				.containsExactly("com.acme.ATests#renders", "com.acme.BTests#renders");
			assertThat(violation.violation().site().lines()).containsEntry("42", 3L);
			assertThat(violation.stacks()).singleElement().extracting(ReportedStack::count).isEqualTo(3L);
		});
		assertThat(report.tests()).containsExactly("com.acme.ATests#renders", "com.acme.BTests#renders");
		assertThat(report.module()).isEqualTo("web");
		assertThat(this.directory).isDirectoryContaining("glob:**.html")
			.isDirectoryContaining("glob:**.sarif")
			.isDirectoryContaining("glob:**.collapsed");
		assertThat(this.problems).isEmpty();
	}

	@Test
	void forgetsWhatAnEarlierBuildFound() throws IOException {
		directory("build 1").add(Map.of("com.acme.ATests", found("com.acme.ATests", 2, 80)), ALL);
		directory("build 2").add(Map.of("com.acme.BTests", found("com.acme.BTests", 1, 10)), ALL);
		assertThat(ReportJson.read(this.directory.resolve("report.json")).tests())
			.containsExactly("com.acme.BTests#renders");
	}

	@Test
	void replacesWhatAClassFoundBeforeWhereBuildsCannotBeTold() throws IOException {
		directory(null).add(Map.of("com.acme.ATests", found("com.acme.ATests", 2, 80), "com.acme.BTests",
				found("com.acme.BTests", 1, 10)), ALL);
		Report clean = new ReportBuilder().module("web").tracked("com.acme.ATests#renders").build(Violations.NOON);
		directory(null).add(Map.of("com.acme.ATests", clean), ALL);
		Report report = ReportJson.read(this.directory.resolve("report.json"));
		assertThat(report.violations()).singleElement()
			.satisfies((violation) -> assertThat(violation.tests()).extracting(ReportedTest::name)
				.containsExactly("com.acme.BTests#renders"));
		directory(null).add(Map.of("com.acme.BTests", clean), ALL);
		try (Stream<Path> jvmReports = Files.list(this.directory.resolve("fragments"))) {
			assertThat(jvmReports.filter((it) -> it.toString().endsWith(".json"))).as("nothing grows").hasSize(2);
		}
	}

	@Test
	void leavesOutAJvmReportThatIsBroken() throws IOException {
		Files.createDirectories(this.directory.resolve("fragments"));
		Files.writeString(this.directory.resolve("fragments/1.json"), "{\"schema\": 1, \n \"run");
		directory("build 1").add(Map.of("com.acme.BTests", found("com.acme.BTests", 1, 10)), ALL);
		assertThat(ReportJson.read(this.directory.resolve("report.json")).violations()).hasSize(1);
		assertThat(this.problems).singleElement().asString().contains("1.json:2", "is left out");
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "[]", "{}", "{\"schema\": 1}",
			"{\"schema\": 1, \"run\": null, \"created\": \"2026-11-22T12:00:00Z\", \"classes\": null}",
			"{\"schema\": 1, \"run\": null, \"created\": null, \"classes\": {}}",
			"{\"schema\": 1, \"created\": \"2026-11-22T12:00:00Z\", \"classes\": {\"com.acme.ATests\": null}}",
			"{\"schema\": 1, \"created\": \"2026-11-22T12:00:00Z\", \"classes\": {\"com.acme.ATests\": {\"schema\": 1}}}",
			"{\"schema\": 2, \"created\": \"2026-11-22T12:00:00Z\", \"classes\": {}}" })
	void aBrokenJvmReportCostsItself(String content) throws IOException {
		Files.createDirectories(this.directory.resolve("fragments"));
		Files.writeString(this.directory.resolve("fragments/1.json"), content);
		directory("build 1").add(Map.of("com.acme.BTests", found("com.acme.BTests", 1, 10)), ALL);
		assertThat(ReportJson.read(this.directory.resolve("report.json")).violations()).hasSize(1);
		assertThat(this.problems).singleElement().asString().contains("1.json", "is left out").hasLineCount(1);
		assertThat(this.directory.resolve("fragments/1.json")).doesNotExist();
	}

	@Test
	void whatIsNoFileAmongJvmReportsIsLeftAlone(@TempDir Path elsewhere) throws IOException {
		Path victim = Files.writeString(elsewhere.resolve("victim.json"), "precious");
		Path fragments = Files.createDirectories(this.directory.resolve("fragments"));
		Files.createDirectories(fragments.resolve("directory.json/full"));
		Files.createSymbolicLink(fragments.resolve("link.json"), victim);
		directory("build 1").add(Map.of("com.acme.BTests", found("com.acme.BTests", 1, 10)), ALL);
		assertThat(ReportJson.read(this.directory.resolve("report.json")).violations()).hasSize(1);
		assertThat(victim).hasContent("precious");
	}

	@Test
	void removesFormsThatAreNoLongerWanted() throws IOException {
		directory("build 1").add(Map.of("com.acme.ATests", found("com.acme.ATests", 2, 80)), ALL);
		directory("build 1").add(Map.of("com.acme.ATests", found("com.acme.ATests", 2, 80)),
				EnumSet.of(ReportFormat.JSON));
		assertThat(this.directory.resolve("report.json")).exists();
		assertThat(this.directory.resolve("report.html")).doesNotExist();
	}

	private ReportDirectory directory(@Nullable String run) {
		return new ReportDirectory(this.directory, run, this.problems::add);
	}

	private Report found(String testClass, long count, int heldMillis) {
		return new ReportBuilder().module(this.sources.module())
			.tracked(testClass + "#renders")
			.add(Violations.read(count, heldMillis), testClass + "#renders", null,
					Violations.stack("com.acme.InvoiceController", "render", 42), this.sources)
			.build(Violations.NOON);
	}

}
