package com.example.stall;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.example.stall.StoppedProgram.Mode;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
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

	private static final String LISTENING = "Listening for transport dt_socket at address: ";

	@Test
	void stoppedProcessIsNobodysViolation() throws Exception {
		try (Program program = new Program(Mode.NOTHING)) {
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
		try (Program program = new Program(Mode.COLLECT, "-XX:+UseSerialGC", "-Xmx512m")) {
			Matcher answer = program.ask();
			assertThat(Integer.parseInt(answer.group(1))).isPositive();
			assertThat(answer.group(3)).isEmpty();
		}
	}

	@Test
	void jvmThatStopsAllThreadsToWorkAloneIsNobodysViolation() throws Exception {
		try (Program program = new Program(Mode.DUMP, "-XX:+UseSerialGC", "-Xmx512m")) {
			Matcher answer = program.ask();
			assertThat(Integer.parseInt(answer.group(1))).isPositive();
			assertThat(answer.group(3)).isEmpty();
		}
	}

	@Test
	void threadThatADebuggerHoldsIsNobodysViolation() throws Exception {
		try (Program program = new Program(Mode.COMPUTE,
				"-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0")) {
			VirtualMachine machine = attach(program.debugger);
			for (int i = 0; i < 6; i++) {
				List<ThreadReference> loops = machine.allThreads()
					.stream()
					.filter((thread) -> thread.name().startsWith("busy-"))
					.toList();
				loops.forEach(ThreadReference::suspend);
				Thread.sleep(600);
				loops.forEach(ThreadReference::resume);
				Thread.sleep(300);
			}
			machine.dispose();
			assertThat(program.ask().group(3)).isEmpty();
		}
	}

	private static VirtualMachine attach(String port) throws Exception {
		AttachingConnector connector = Bootstrap.virtualMachineManager()
			.attachingConnectors()
			.stream()
			.filter((it) -> it.transport().name().equals("dt_socket"))
			.findFirst()
			.orElseThrow();
		Map<String, Connector.Argument> arguments = connector.defaultArguments();
		arguments.get("hostname").setValue("127.0.0.1");
		arguments.get("port").setValue(port);
		return connector.attach(arguments);
	}

	private static final class Program implements AutoCloseable {

		private final Process process;

		private final BufferedReader output;

		private String debugger = "";

		Program(Mode mode, String... options) throws IOException {
			List<String> command = new ArrayList<>();
			command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
			command.addAll(List.of(options));
			command.addAll(List.of("-cp", System.getProperty("java.class.path"), StoppedProgram.class.getName()));
			command.add(mode.name());
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
				if (line.startsWith(LISTENING)) {
					this.debugger = line.substring(LISTENING.length()).strip();
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
