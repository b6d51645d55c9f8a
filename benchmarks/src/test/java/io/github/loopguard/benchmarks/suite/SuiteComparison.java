package io.github.loopguard.benchmarks.suite;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the same suite, once watched by Loopguard and once with BlockHound's listener
 * for JUnit, in new JVMs that take turns. Times are those of whole JVMs.
 */
final class SuiteComparison {

	private static final double REQUIRED = 1.10;

	private SuiteComparison() {
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : 7;
		String loopguard = classPath((jar) -> !jar.startsWith("blockhound-junit-platform"));
		String blockhound = classPath((jar) -> !jar.startsWith("loopguard-"));
		List<Double> watched = new ArrayList<>();
		List<Double> plain = new ArrayList<>();
		for (int round = 0; round <= rounds; round++) {
			double one = run(blockhound, "-XX:+AllowRedefinitionToAddDeleteMethods", WebSuite.Plain.class);
			double other = run(loopguard, "-XX:+EnableDynamicAgentLoading", WebSuite.Watched.class);
			if (round > 0) {
				plain.add(one);
				watched.add(other);
			}
			System.out.printf(Locale.ROOT, "%s blockhound-junit-platform %.2f s, @NonBlockingTest %.2f s%n",
					(round > 0) ? "round " + round + ":" : "not counted:", one, other);
		}
		double ratio = median(watched) / median(plain);
		System.out.printf(Locale.ROOT,
				"medians of %d: blockhound-junit-platform %.2f s, @NonBlockingTest %.2f s, ratio %.3f%n", rounds,
				median(plain), median(watched), ratio);
		System.exit((ratio <= REQUIRED) ? 0 : 1);
	}

	private static double run(String classPath, String option, Class<?> suite)
			throws IOException, InterruptedException {
		long began = System.nanoTime();
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+EnableDynamicAgentLoading", option, "-cp", classPath, SuiteRun.class.getName(), suite.getName())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (process.waitFor() != 0) {
			throw new IllegalStateException(suite.getName() + " failed:\n" + output);
		}
		double seconds = (System.nanoTime() - began) / 1e9;
		output.lines()
			.filter((line) -> line.startsWith("installed "))
			.forEach((line) -> System.out.println("  " + line));
		return seconds;
	}

	private static String classPath(Predicate<String> isWanted) {
		try (Stream<Path> jars = Files.list(Path.of("test-lib"))) {
			return Stream
				.concat(Stream.of("test-classes"),
						jars.filter((jar) -> isWanted.test(jar.getFileName().toString())).map(Path::toString).sorted())
				.collect(Collectors.joining(File.pathSeparator));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Run this in benchmarks/target after mvn package", ex);
		}
	}

	private static double median(List<Double> seconds) {
		List<Double> sorted = seconds.stream().sorted().toList();
		return sorted.get(sorted.size() / 2);
	}

}
