package io.github.loopguard.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.github.loopguard.report.Report;
import io.github.loopguard.report.ReportedViolation;

/**
 * Lists the violations that are new in a second report, and those that are gone.
 */
@Command(name = "diff",
		description = "Lists the violations that are new in the second report; exits with 1 if one is not tolerated.",
		mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Parameters(index = "0", paramLabel = "OLD", description = "report before the change")
	@SuppressWarnings("NullAway.Init")
	private Path before;

	@Parameters(index = "1", paramLabel = "NEW", description = "report after the change")
	@SuppressWarnings("NullAway.Init")
	private Path after;

	@Override
	public Integer call() {
		Report before = Inputs.report(this.before);
		Report after = Inputs.report(this.after);
		Set<String> known = ids(before);
		List<ReportedViolation> added = after.violations().stream().filter((it) -> !known.contains(it.id())).toList();
		int violations = 0;
		Listing out = new Listing(this.spec.commandLine().getOut());
		for (ReportedViolation violation : added) {
			String tolerated = violation.tolerated();
			out.print(after, violation, (tolerated != null) ? "tolerated: " + tolerated : "");
			violations += (tolerated == null) ? 1 : 0;
		}
		printGone(before, after, out);
		out.print(Listing.count(added.size(), "violation") + " new, " + violations + " of them not tolerated");
		return (violations == 0) ? LoopguardCommand.SUCCESS : LoopguardCommand.VIOLATIONS;
	}

	/**
	 * Prints what is gone: a violation is gone only if one of its tests passed without
	 * it.
	 */
	private static void printGone(Report before, Report after, Listing out) {
		Set<String> present = ids(after);
		Set<String> passed = new HashSet<>(after.tests());
		after.failed().forEach(passed::remove);
		int notExercised = 0;
		for (ReportedViolation violation : before.violations()) {
			if (!present.contains(violation.id())) {
				if (violation.tests().stream().anyMatch((test) -> passed.contains(test.name()))) {
					out.print("gone: " + Listing.summary(before, violation));
				}
				else {
					notExercised++;
				}
			}
		}
		if (notExercised > 0) {
			out.print(
					Listing.count(notExercised, "violation") + " of before not exercised: none of their tests passed");
		}
	}

	private static Set<String> ids(Report report) {
		return report.violations().stream().map(ReportedViolation::id).collect(Collectors.toSet());
	}

}
