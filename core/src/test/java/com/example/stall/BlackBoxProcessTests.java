package com.example.stall;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.loopguard.blackbox.BlackBoxFile;
import io.github.loopguard.blackbox.BlackBoxRecord.LoopSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.StallSeen;
import io.github.loopguard.blackbox.UnreadableBlackBoxException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a process leaves behind, and what it answers while all its event loops are stuck.
 */
@DisabledOnOs(OS.WINDOWS)
class BlackBoxProcessTests {

	private static final String SIZE = String.valueOf(1 << 20);

	@TempDir
	private Path directory;

	@Test
	void killedProcessLeavesTheLineAndAnswersUntilThen() throws Exception {
		try (Program program = new Program(this.directory, SIZE)) {
			assertThat(program.ask().body()).contains("\"state\":\"fine\"", "\"stuckLoops\":0");
			program.tell("stick");
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> program.ask().statusCode() == 503);
			assertThat(program.ask().body()).contains("\"state\":\"stuck\"", "\"stuckLoops\":2",
					"com.example.stall.Work.hot(Work.java:");
			awaitStuck();
			program.process.destroyForcibly().waitFor();
		}
		BlackBoxFile file = BlackBoxFile.read(file());
		assertThat(file.header().application()).isEqualTo("shop");
		assertThat(file.alive()).isAfter(file.header().started());
		assertThat(file.records().filter(StallSeen.class::isInstance).map(StallSeen.class::cast)).isNotEmpty()
			.allSatisfy((stall) -> {
				assertThat(stall.over()).isFalse();
				assertThat(stall.loop()).startsWith("boxed-");
				assertThat(stall.place()).startsWith("com.example.stall.Work.hot(Work.java:");
			})
			.anyMatch((stall) -> stall.duration().toMillis() > 1_500)
			.anyMatch((stall) -> stall.stack()
				.stream()
				.anyMatch((frame) -> frame.startsWith("com.example.stall.BlackBoxProgram.lambda")));
		assertThat(file.records().filter(LoopSeen.class::isInstance).map((loop) -> ((LoopSeen) loop).state()))
			.contains("STALLED");
	}

	@Test
	void cleanExitLeavesNothing() throws Exception {
		try (Program program = new Program(this.directory, SIZE)) {
			Awaitility.await().until(() -> !files().isEmpty());
			program.tell("exit");
			assertThat(program.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(program.process.exitValue()).isZero();
		}
		assertThat(files()).isEmpty();
	}

	@Test
	void exitWhileEventLoopsAreStuckLeavesTheFile() throws Exception {
		try (Program program = new Program(this.directory, SIZE)) {
			program.tell("stick");
			awaitStuck();
			program.process.destroy();
			assertThat(program.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(BlackBoxFile.read(file()).records()).anyMatch(StallSeen.class::isInstance);
	}

	/**
	 * What closes last may hang after the application has closed the black box.
	 */
	@Test
	void exitThatNeverEndsLeavesTheFileAlsoWhereTheApplicationHasClosed() throws Exception {
		try (Program program = new Program(this.directory, SIZE)) {
			Awaitility.await().until(() -> !files().isEmpty());
			program.tell("hang");
			program.until("closed");
			Awaitility.await()
				.during(Duration.ofSeconds(1))
				.atMost(Duration.ofSeconds(5))
				.until(() -> files().size() == 1);
			program.process.destroyForcibly().waitFor();
		}
		assertThat(BlackBoxFile.read(file()).records()).anyMatch(LoopSeen.class::isInstance);
	}

	@Test
	void processThatStoodStillIsToldApart() throws Exception {
		try (Program program = new Program(this.directory, SIZE)) {
			program.signal("STOP");
			Thread.sleep(1_500);
			program.signal("CONT");
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> program.ask().body().contains("\"state\":\"stopped\""));
			assertThat(program.ask().statusCode()).isEqualTo(200);
			assertThat(program.ask().body()).containsPattern("\"stopped\":[1-9]").contains("\"stuckLoops\":0");
		}
	}

	@Test
	void fileForWhichThereIsNoRoomIsAProblemWithItsRemedy() throws Exception {
		try (Program program = new Program(this.directory, String.valueOf(64 << 20), "bash", "-c",
				"ulimit -f 20000; exec \"$@\"", "limited")) {
			program.tell("status");
			assertThat(program.until("status ")).contains("File too large", "free space",
					"lower loopguard.black-box.size");
			assertThat(program.ask().statusCode()).isEqualTo(200);
		}
		assertThat(files()).isEmpty();
	}

	@Test
	void fileThatSomebodyCutsOffIsGivenUp() throws Exception {
		try (Program program = new Program(this.directory, SIZE)) {
			Awaitility.await().until(() -> !files().isEmpty());
			Files.write(file(), new byte[0]);
			program.tell("status");
			assertThat(program.until("status ")).contains("cannot write " + this.directory);
			assertThat(program.ask().statusCode()).isEqualTo(200);
		}
	}

	private void awaitStuck() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.ignoreExceptionsInstanceOf(UnreadableBlackBoxException.class)
			.until(() -> !files().isEmpty() && BlackBoxFile.read(file())
				.records()
				.anyMatch((entry) -> entry instanceof StallSeen stall && stall.duration().toMillis() > 1_500));
	}

	private Path file() throws IOException {
		assertThat(files()).hasSize(1);
		return files().get(0);
	}

	private List<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.toList();
		}
	}

	private static final class Program implements AutoCloseable {

		private final Process process;

		private final BufferedReader output;

		private final HttpClient client = HttpClient.newHttpClient();

		private final String port;

		Program(Path directory, String size, String... launcher) throws IOException {
			List<String> command = new ArrayList<>(List.of(launcher));
			command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
					BlackBoxProgram.class.getName(), directory.toString(), size));
			this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
			this.output = new BufferedReader(
					new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8));
			this.port = until("ready ");
		}

		void signal(String name) throws Exception {
			Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(this.process.pid())).inheritIO()
				.start();
			assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
			assertThat(kill.exitValue()).isZero();
		}

		void tell(String command) throws IOException {
			this.process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.US_ASCII));
			this.process.getOutputStream().flush();
		}

		HttpResponse<String> ask() throws IOException, InterruptedException {
			return this.client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/stall"))
				.timeout(Duration.ofSeconds(10))
				.build(), BodyHandlers.ofString());
		}

		String until(String start) throws IOException {
			StringBuilder all = new StringBuilder();
			for (String line = this.output.readLine(); line != null; line = this.output.readLine()) {
				if (line.startsWith(start)) {
					return line.substring(start.length());
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
