package com.example.slice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.loopguard.report.Report;
import io.github.loopguard.report.ReportJson;
import io.github.loopguard.report.ReportedTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests, in JVMs of their own, what is left when tests are over.
 */
@Tag("any-jdk")
class ReportTests {

	private static final String SITE = "test/src/test/java/com/example/shop/Blocking.java";

	@TempDir
	private Path directory;

	@Test
	void severalForksLeaveOneReport() {
		CompletableFuture<String> other = CompletableFuture
			.supplyAsync(() -> run(ScopingCases.All.class, List.of("-Dloopguard.report.run=1"), Map.of()));
		assertThat(run(ReactorCase.class, List.of("-Dloopguard.report.run=1"), Map.of())).contains("passed: 1",
				"Loopguard: ", "report.html");
		other.join();
		Report report = ReportJson.read(this.directory.resolve("report.json"));
		assertThat(report.module()).isEqualTo("test");
		assertThat(report.untolerated()).singleElement().satisfies((violation) -> {
			assertThat(violation.violation().rule()).isEqualTo("file-read");
			assertThat(report.sources()).containsEntry(violation.violation().site().className(), SITE);
			assertThat(violation.tests()).extracting(ReportedTest::name)
				.contains(ReactorCase.class.getName() + "#onErrorReturn", ReactorCase.class.getName() + "#plain");
			assertThat(violation.tests()).filteredOn((it) -> it.tolerated() != null)
				.extracting(ReportedTest::tolerated)
				.singleElement()
				.asString()
				.startsWith("@AllowBlocking: ");
			assertThat(violation.count()).isGreaterThanOrEqualTo(8);
			assertThat(violation.stacks()).isNotEmpty();
			assertThat(violation.violation().held().total()).isPositive();
		});
		assertThat(report.tests()).contains(ReactorCase.class.getName() + "#fixed",
				ScopingCases.All.class.getName() + "#allowed");
		assertThat(this.directory.resolve("report.collapsed")).content().contains("com.example.shop.Blocking.read");
		assertThat(this.directory.resolve("loopguard.sarif")).content().contains(SITE);
	}

	@Test
	void annotatesWhereGitHubRunsIt() throws IOException {
		Path summary = this.directory.resolve("summary.md");
		String output = run(ReactorCase.class, List.of("-Dloopguard.report.formats=json"),
				Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", summary.toString()));
		assertThat(output.lines().filter((line) -> line.startsWith("::"))).singleElement()
			.asString()
			.startsWith("::warning file=" + SITE + ",line=")
			.contains("title=Blocking call on an event loop [file-read]::java.nio.file.Files.readString blocks");
		assertThat(Files.readString(summary)).contains("| " + SITE + ":", "| file-read |");
		assertThat(this.directory.resolve("report.html")).doesNotExist();
	}

	@Test
	void aReportThatCannotBeWrittenFailsNothing() throws IOException {
		Path file = Files.writeString(this.directory.resolve("fragments"), "in the way");
		String output = run(ReactorCase.class, List.of("-Dloopguard.report.formats=json,pdf"), Map.of());
		assertThat(output).contains("passed: 1", "the reports could not be written to " + this.directory,
				"loopguard.report.formats=json,pdf: 'pdf' does not exist. Write some of json, html, sarif, collapsed, or none");
		assertThat(file).hasContent("in the way");
	}

	private String run(Class<?> type, List<String> options, Map<String, String> environment) {
		try {
			return Launch.run(type,
					Stream.concat(Stream.of("-Dloopguard.report.location=" + this.directory), options.stream())
						.toList(),
					environment);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
