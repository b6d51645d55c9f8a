package io.github.loopguard.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.report.Report;
import io.github.loopguard.report.ReportedViolation;

/**
 * Lists the violations that are not tolerated.
 */
@Command(name = "check", description = "Lists the violations that are not tolerated; exits with 1 if there are any.",
		mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Parameters(arity = "1..*", paramLabel = "REPORT", description = "report.json, or its directory")
	private List<Path> reports = List.of();

	@Option(names = "--baseline", paramLabel = "FILE", description = "also tolerates the violations in this baseline")
	private @Nullable Path baseline;

	@Override
	public Integer call() {
		Report report = Inputs.reports(this.reports);
		Baseline known = (this.baseline != null) ? Inputs.baseline(this.baseline) : Baseline.NONE;
		Listing listing = new Listing(this.spec.commandLine().getOut());
		LocalDate today = LocalDate.now();
		int violations = 0;
		for (ReportedViolation violation : report.untolerated()) {
			BaselineEntry entry = known.find(violation.violation().key(), violation.violation().formerKeys());
			if (entry == null || entry.isExpired(today)) {
				listing.print(report, violation, (entry != null) ? entry.expiry(today) : "");
				violations++;
			}
		}
		listing.print(
				Listing.count(violations, "violation") + " not tolerated, " + (report.violations().size() - violations)
						+ " tolerated, " + Listing.count(report.tests().size(), "test") + " watched");
		return (violations == 0) ? LoopguardCommand.SUCCESS : LoopguardCommand.VIOLATIONS;
	}

}
