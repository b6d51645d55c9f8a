package io.github.loopguard.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.loopguard.Violation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The JSON of a report is the one that earlier versions wrote, byte for byte.
 */
class RecordedJsonTests {

	private static final String RECORDED = "recorded-report.json";

	@Test
	void aReportIsWrittenAsRecorded() throws IOException {
		assertThat(ReportJson.write(report())).isEqualTo(recorded());
	}

	@Test
	void aRecordedReportIsReadAndWrittenAgainUnchanged(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("report.json"), recorded());
		Report read = ReportJson.read(file);
		assertThat(read).isEqualTo(report());
		assertThat(ReportJson.write(read)).isEqualTo(recorded());
	}

	private static Report report() {
		SourceFinder sources = SourceFinder.of(Path.of("/nowhere"), "");
		ReportBuilder builder = new ReportBuilder().module("web").version("0.1.0").failed("com.acme.ATests#fails");
		for (Violation violation : Violations.everyForm()) {
			List<StackTraceElement> stack = Violations.stack("com.acme.Pages$Page", "show", 3);
			builder.tracked("com.acme.ATests#a")
				.add(violation, "com.acme.ATests#a", violation.tolerated(), stack, sources);
			if (violation.tolerated() == null) {
				builder.add(violation, "com.acme.BTests", "known", List.of(), sources);
			}
		}
		Report built = builder.build(Violations.NOON);
		ReportedRule rule = new ReportedRule("file-read", "Reading a file", "read it once", null);
		return new Report(built.schema(), built.loopguard(), built.module(), built.created(), built.totals(),
				List.of(rule), built.tests(), built.failed(), built.violations(), built.frames(), built.sources());
	}

	private static String recorded() throws IOException {
		try (InputStream resource = RecordedJsonTests.class.getResourceAsStream(RECORDED)) {
			assertThat(resource).isNotNull();
			return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
