package com.example.stall;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the whole JVM stands still, no code is to blame.
 */
@DisabledOnOs(OS.WINDOWS)
class StoppedTests {

	private static final Pattern ANSWER = Pattern.compile("stopped (\\d+) turns (\\d+) violations \\[(.*)]");

	@Test
	void stoppedProcessIsNobodysViolation() throws Exception {
		try (Program program = new Program()) {
			for (int i = 0; i < 5; i++) {
				program.signal("STOP");
				Thread.sleep(500);
				program.signal("CONT");
				Thread.sleep(300);
			}
			Matcher answer = program.ask();
			assertThat(Integer.parseInt(answer.group(1))).isGreaterThanOrEqualTo(5);
			assertThat(answer.group(3)).isEmpty();
		}
	}

	@Test
	void garbageCollectionIsNobodysViolation() throws Exception {
		try (Program program = new Program("-XX:+UseSerialGC", "-Xmx512m")) {
			Matcher answer = program.ask();
			assertThat(Integer.parseInt(answer.group(1))).isPositive();
			assertThat(answer.group(3)).isEmpty();
		}
	}

	private static final class Program implements AutoCloseable {

		private final Process process;

		private final BufferedReader output;

		Program(String... options) throws IOException {
			List<String> command = new ArrayList<>();
			command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
			command.addAll(List.of(options));
			command.addAll(List.of("-cp", System.getProperty("java.class.path"), StoppedProgram.class.getName()));
			if (options.length > 0) {
				command.add("collect");
			}
			this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
			this.output = new BufferedReader(
					new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8));
			until("ready");
		}

		void signal(String name) throws Exception {
			Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(this.process.pid())).inheritIO()
				.start();
			assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
			assertThat(kill.exitValue()).isZero();
		}

		Matcher ask() throws IOException {
			this.process.getOutputStream().write('\n');
			this.process.getOutputStream().flush();
			Matcher answer = ANSWER.matcher(until("stopped "));
			assertThat(answer.matches()).isTrue();
			return answer;
		}

		private String until(String start) throws IOException {
			StringBuilder all = new StringBuilder();
			for (String line = this.output.readLine(); line != null; line = this.output.readLine()) {
				if (line.startsWith(start)) {
					return line;
				}
				all.append(line).append('\n');
			}
			throw new AssertionError(all);
		}

		@Override
		public void close() {
			this.process.destroyForcibly();
		}

	}

}
