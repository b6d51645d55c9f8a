package io.github.loopguard.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.github.loopguard.ViolationKey;
import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.report.Report;
import io.github.loopguard.report.ReportedTest;
import io.github.loopguard.report.ReportedViolation;
import io.github.loopguard.report.baseline.BaselineFile;
import io.github.loopguard.report.baseline.ContinuousIntegration;
import io.github.loopguard.report.baseline.TestRun;

/**
 * Removes the entries of a baseline whose violations are gone according to reports.
 */
@Command(name = "prune",
		description = "Removes from a baseline the violations that no longer happen in tests that passed; adds nothing. "
				+ "Writes nothing where CI=true.",
		mixinStandardHelpOptions = true)
final class PruneCommand implements Callable<Integer> {

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Parameters(arity = "1..*", paramLabel = "REPORT", description = "report.json, or its directory")
	private List<Path> reports = List.of();

	@Option(names = "--baseline", required = true, paramLabel = "FILE", description = "the baseline")
	@SuppressWarnings("NullAway.Init")
	private Path baseline;

	@Option(names = "--dry-run", description = "only prints what would be removed")
	private boolean dryRun;

	@Override
	public Integer call() {
		BaselineFile file = Inputs.baselineFile(this.baseline);
		Baseline current = file.read().orElse(Baseline.NONE);
		TestRun run = testRun(Inputs.reports(this.reports), current);
		Baseline pruned = run.prune(current, current);
		Listing out = new Listing(this.spec.commandLine().getOut());
		List<BaselineEntry> gone = current.entries()
			.stream()
			.filter((it) -> pruned.find(it.key()) == null && present(run, it, pruned).isEmpty())
			.toList();
		gone.forEach((entry) -> out.print("gone: " + entry.key()));
		current.entries()
			.stream()
			.filter((it) -> pruned.find(it.key()) == null)
			.forEach((entry) -> present(run, entry, pruned)
				.forEach((key) -> out.print("renamed: " + entry.key() + " is now " + key)));
		boolean kept = this.dryRun || ContinuousIntegration.isIn(System.getenv());
		boolean isWritten = !kept && file.update((latest) -> run.prune(latest, latest));
		out.print(gone.size() + " of " + current.entries().size() + " entries gone; " + file
				+ (isWritten ? " was written" : " stays as it is")
				+ ((kept && !this.dryRun) ? ", because CI=" + System.getenv("CI") : ""));
		return LoopguardCommand.SUCCESS;
	}

	private static List<ViolationKey> present(TestRun run, BaselineEntry entry, Baseline pruned) {
		return run.present(entry).stream().filter((key) -> pruned.find(key) != null).toList();
	}

	private static TestRun testRun(Report report, Baseline baseline) {
		Set<String> passed = new TreeSet<>(report.tests());
		report.failed().forEach(passed::remove);
		report.tests().stream().map((test) -> test.substring(0, test.indexOf('#'))).forEach(passed::add);
		Map<ViolationKey, Set<String>> blocked = new TreeMap<>();
		Map<ViolationKey, List<ViolationKey>> former = new TreeMap<>();
		for (ReportedViolation violation : report.violations()) {
			former.put(violation.violation().key(), violation.violation().formerKeys());
			Set<String> tests = blocked.computeIfAbsent(violation.violation().key(), (key) -> new TreeSet<>());
			if (!isOnce(report, violation)) {
				violation.tests()
					.stream()
					.map(ReportedTest::name)
					.filter((name) -> name.contains("#") || isVia(name,
							baseline.find(violation.violation().key(), violation.violation().formerKeys())))
					.forEach(tests::add);
			}
		}
		return new TestRun(passed, blocked, former);
	}

	/**
	 * Returns whether the baseline attributes the violation to the class itself. A report
	 * also names the class for violations that cannot be attributed to a test.
	 */
	private static boolean isVia(String name, @Nullable BaselineEntry known) {
		return known != null && known.via().contains(name);
	}

	/**
	 * Returns whether it happens once in a JVM, in the test that happens to come first.
	 */
	private static boolean isOnce(Report report, ReportedViolation violation) {
		return violation.stacks()
			.stream()
			.flatMap((stack) -> stack.frames().stream())
			.anyMatch((frame) -> report.frames().get(frame).contains(".<clinit>("));
	}

}
