package io.github.loopguard.benchmarks.repeat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks of the repeat path in turn, each in a JVM of its own, several
 * times. Of each JVM counts the iteration that was disturbed least, and of those the
 * median.
 */
public final class RepeatComparison {

	private static final String ERROR = BlockHoundBenchmark.class.getName() + ".error";

	private static final List<String> SITES = List.of("8", "24", "40");

	private final Map<String, List<Cost>> costs = new LinkedHashMap<>();

	private RepeatComparison() {
	}

	/**
	 * Runs and prints the comparison.
	 * @param args number of rounds, 3 if absent
	 * @throws RunnerException if JMH fails
	 */
	public static void main(String[] args) throws RunnerException {
		int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : 3;
		RepeatComparison comparison = new RepeatComparison();
		for (int round = 1; round <= rounds; round++) {
			System.out.printf("round %d of %d%n", round, rounds);
			comparison.round();
		}
		System.exit(comparison.print(rounds) ? 0 : 1);
	}

	private void round() throws RunnerException {
		Collection<RunResult> results = new Runner(new OptionsBuilder().include(getClass().getPackageName())
			.addProfiler(GCProfiler.class)
			.addProfiler(CpuTime.class)
			.verbosity(VerboseMode.SILENT)
			.shouldFailOnError(true)
			.build()).run();
		for (RunResult result : results) {
			String site = result.getParams().getParam("site");
			Map<String, Result> secondary = result.getSecondaryResults();
			this.costs
				.computeIfAbsent(result.getParams().getBenchmark() + ((site != null) ? " " + site : ""),
						(name) -> new ArrayList<>())
				.add(new Cost(result.getPrimaryResult().getStatistics().getMin(), score(secondary, CpuTime.LABEL),
						score(secondary, "gc.alloc.rate.norm")));
		}
	}

	private boolean print(int rounds) {
		Cost error = median(ERROR);
		System.out.printf("%nJDK %s, medians of the least of %d JVMs each%n%n", Runtime.version(), rounds);
		System.out.printf("%-36s %10s %10s %10s %8s %8s%n", "", "elapsed ns", "CPU ns", "bytes", "ratio", "CPU");
		this.costs.keySet().stream().sorted().forEach((name) -> {
			Cost cost = median(name);
			System.out.printf(Locale.ROOT, "%-36s %10.0f %10.0f %10.0f %8.2f %8.2f%n",
					name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1), cost.elapsed(), cost.cpu(),
					cost.bytes(), cost.elapsed() / error.elapsed(), cost.cpu() / error.cpu());
		});
		boolean met = SITES.stream()
			.map((site) -> median(RepeatBenchmark.class.getName() + ".walked " + site))
			.allMatch((cost) -> cost.elapsed() < error.elapsed() / 2 && cost.cpu() < error.cpu() / 2);
		System.out.printf("%nA walked repeat with a site costs %s half of BlockHound's error.%n",
				met ? "less than" : "NOT less than");
		return met;
	}

	private static double score(Map<String, Result> results, String label) {
		Result result = results.get(label);
		return (result != null) ? result.getScore() : Double.NaN;
	}

	private Cost median(String name) {
		List<Cost> all = this.costs.get(name);
		if (all == null) {
			throw new IllegalStateException("No result for " + name + ": did its JVM fail?");
		}
		return new Cost(middle(all.stream().mapToDouble(Cost::elapsed).sorted().toArray()),
				middle(all.stream().mapToDouble(Cost::cpu).sorted().toArray()),
				middle(all.stream().mapToDouble(Cost::bytes).sorted().toArray()));
	}

	private static double middle(double[] sorted) {
		return sorted[sorted.length / 2];
	}

	/**
	 * What one call cost in one JVM.
	 *
	 * @param elapsed elapsed nanoseconds
	 * @param cpu nanoseconds of CPU time
	 * @param bytes bytes allocated
	 */
	private record Cost(double elapsed, double cpu, double bytes) {
	}

}
