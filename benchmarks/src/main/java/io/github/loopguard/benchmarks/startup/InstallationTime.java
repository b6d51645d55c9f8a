package io.github.loopguard.benchmarks.startup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.loopguard.detect.blockhound.InstallationSteps;

/**
 * Prints how long it takes to install Loopguard, step by step: least and median of
 * several JVMs.
 */
public final class InstallationTime {

	private final Map<String, List<Step>> steps = new LinkedHashMap<>();

	private InstallationTime() {
	}

	/**
	 * Runs and prints the measurement.
	 * @param args number of JVMs, 5 if absent
	 * @throws IOException if a JVM cannot be started
	 */
	public static void main(String[] args) throws IOException {
		int runs = (args.length > 0) ? Integer.parseInt(args[0]) : 5;
		InstallationTime time = new InstallationTime();
		for (int run = 0; run < runs; run++) {
			time.run();
		}
		System.out.printf("JDK %s, %d JVMs, milliseconds%n%n", Runtime.version(), runs);
		System.out.printf("%-14s %14s %14s %14s %14s%n", "", "elapsed least", "elapsed median", "CPU least",
				"CPU median");
		time.steps.forEach((name, steps) -> {
			long[] elapsed = steps.stream().mapToLong(Step::elapsed).sorted().toArray();
			long[] cpu = steps.stream().mapToLong(Step::cpu).sorted().toArray();
			System.out.printf("%-14s %14d %14d %14d %14d%n", name, elapsed[0] / 1_000_000,
					elapsed[runs / 2] / 1_000_000, cpu[0] / 1_000_000, cpu[runs / 2] / 1_000_000);
		});
	}

	private void run() throws IOException {
		Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java",
				"-XX:+EnableDynamicAgentLoading", "-cp", System.getProperty("java.class.path"),
				InstallationSteps.class.getName())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				String[] words = line.split(" ");
				this.steps.computeIfAbsent(words[0], (missing) -> new ArrayList<>())
					.add(new Step(Long.parseLong(words[1]), Long.parseLong(words[2])));
			}
		}
	}

	/**
	 * A step of one installation.
	 *
	 * @param elapsed nanoseconds of elapsed time
	 * @param cpu nanoseconds of CPU time
	 */
	private record Step(long elapsed, long cpu) {
	}

}
