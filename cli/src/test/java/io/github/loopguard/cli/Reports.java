package io.github.loopguard.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

import io.github.loopguard.Action;
import io.github.loopguard.Held;
import io.github.loopguard.Origin;
import io.github.loopguard.Site;
import io.github.loopguard.Violation;
import io.github.loopguard.ViolationKey;
import io.github.loopguard.Waited;
import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.report.ReportBuilder;
import io.github.loopguard.report.ReportFormat;
import io.github.loopguard.report.ReportWriter;
import io.github.loopguard.report.SourceFinder;
import io.github.loopguard.report.baseline.BaselineFile;
import io.github.loopguard.report.baseline.BaselineText;

/**
 * Reports and baselines as files.
 */
final class Reports {

	static final String TEST = "com.acme.InvoiceTests#renders";

	private static final List<StackTraceElement> STACK = List.of(
			new StackTraceElement("java.nio.file.Files", "readString", "Files.java", 1),
			new StackTraceElement("com.acme.Invoices", "render", "Invoices.java", 42));

	private Reports() {
	}

	/**
	 * Writes a report with one violation and returns its file.
	 */
	static Path write(Path directory) throws IOException {
		return write(directory, violation("com.acme.Invoices", "render", "read it once at start-up"), "because");
	}

	static Path write(Path directory, Violation violation, String tolerated) throws IOException {
		ReportBuilder report = new ReportBuilder().tracked(TEST)
			.failed("com.acme.InvoiceTests#fails")
			.add(violation, TEST, null, STACK, SourceFinder.of(directory, ""))
			.add(violation, "com.acme.InvoiceTests", tolerated, List.of(), SourceFinder.of(directory, ""));
		ReportWriter.write(report.module("web").build(Instant.EPOCH), directory, EnumSet.of(ReportFormat.JSON));
		return directory.resolve("report.json");
	}

	static Path writeBaseline(Path directory) throws IOException {
		ViolationKey key = violation("com.acme.Invoices", "render", "").key();
		ViolationKey other = new ViolationKey("sleep", "java.lang.Thread.sleep", "com.acme.Orders#wait");
		return Files.writeString(directory.resolve(BaselineFile.NAME), BaselineText.write(new Baseline(
				List.of(BaselineEntry.recorded(key, List.of(TEST)), BaselineEntry.recorded(other, List.of(TEST))))));
	}

	static Violation violation(String className, String method, String fix) {
		Held held = new Held(3, Duration.ofMillis(120), Duration.ofMillis(80), null);
		Site site = new Site(className, method, "Invoices.java", 42, Map.of("42", 3L));
		return new Violation("3fa9c1d2e4b7", "file-read", "java.nio.file.Files.readString", List.of("blockhound"),
				Origin.APPLICATION, Action.LOG, null, null, site, null, null, 3, Instant.EPOCH, Instant.EPOCH, 0, 0,
				held, new Waited(null), List.of("parallel-1"), null, null, "docs/blocking-operations.md#file-read", fix,
				List.of(new ViolationKey("file-read", "java.io.FileInputStream.<init>", "com.acme.Old#render")),
				List.of());
	}

}
