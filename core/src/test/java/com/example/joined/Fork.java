package com.example.joined;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program in a JVM of its own.
 */
public final class Fork {

	private Fork() {
	}

	/**
	 * Returns what a program prints as names and values.
	 */
	public static Map<String, String> run(Class<?> program, String argument, String... options)
			throws IOException, InterruptedException {
		return values(output(program, argument, options));
	}

	static Map<String, String> values(String output) {
		Map<String, String> seen = new HashMap<>();
		output.lines()
			.map((line) -> line.split(": ", 2))
			.filter((parts) -> parts.length == 2)
			.forEach((parts) -> seen.put(parts[0], parts[1]));
		return seen;
	}

	/**
	 * Returns what a program prints.
	 */
	public static String output(Class<?> program, String argument, String... options)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+EnableDynamicAgentLoading",
				"-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", System.getProperty("java.class.path")));
		command.addAll(List.of(options));
		command.addAll(List.of(program.getName(), argument));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		return output;
	}

}
