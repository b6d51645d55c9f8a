package io.github.loopguard.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.github.loopguard.report.Report;
import io.github.loopguard.report.ReportFormat;
import io.github.loopguard.report.ReportWriter;

/**
 * Merges several reports into one.
 */
@Command(name = "merge", description = "Merges the reports of several modules into one.",
		mixinStandardHelpOptions = true)
final class MergeCommand implements Callable<Integer> {

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Parameters(arity = "1..*", paramLabel = "REPORT", description = "report.json, or its directory")
	private List<Path> reports = List.of();

	@Option(names = { "-o", "--output" }, required = true, paramLabel = "DIRECTORY",
			description = "directory of the merged report")
	@SuppressWarnings("NullAway.Init")
	private Path output;

	@Option(names = "--formats", split = ",", paramLabel = "FORMAT",
			description = "json, html, sarif, collapsed; default: all")
	private List<String> formats = List.of();

	@Override
	public Integer call() {
		Report report = Inputs.reports(this.reports);
		try {
			ReportWriter.write(report, this.output, formats());
		}
		catch (IOException ex) {
			throw new UnusableInputException("Cannot write to " + this.output + ": " + ex);
		}
		new Listing(this.spec.commandLine().getOut()).print(Listing.count(report.violations().size(), "violation")
				+ ", " + report.totals().tolerated() + " of them tolerated, "
				+ Listing.count(report.tests().size(), "test") + " watched: " + this.output);
		return LoopguardCommand.SUCCESS;
	}

	private Set<ReportFormat> formats() {
		if (this.formats.isEmpty()) {
			return EnumSet.allOf(ReportFormat.class);
		}
		return this.formats.stream()
			.map((label) -> ReportFormat.find(label)
				.orElseThrow(() -> new UnusableInputException("--formats=" + label + " is unknown. Known formats: "
						+ Stream.of(ReportFormat.values()).map(ReportFormat::label).collect(Collectors.joining(", ")))))
			.collect(Collectors.toSet());
	}

}
