package com.example.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.loopguard.blackbox.BlackBoxFile;
import io.github.loopguard.blackbox.BlackBoxRecord.StallSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.ViolationSeen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * When every event loop of an application is stuck, and after it was killed.
 */
@DisabledOnOs(OS.WINDOWS)
class StuckTests {

	private static final int LOOPS = 2;

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@TempDir
	private Path temporary;

	private final HttpClient client = HttpClient.newHttpClient();

	@Test
	void answersWhileEveryLoopIsStuckAndNamesTheLineAfterItWasKilled() throws Exception {
		int port = freePort();
		try (LaunchedApplication application = start("--spring.profiles.active=prod",
				"--spring.application.name=stuck-shop", "--loopguard.loop-monitor.grace=0s",
				"--loopguard.black-box.http.port=" + port, "--loopguard.black-box.http.limit=5s")) {
			assertThat(application.get("/fine")).isEqualTo("fine");
			await().atMost(LIMIT).ignoreExceptions().until(() -> ask(port).body().contains("\"state\":\"fine\""));
			assertThat(ask(port).statusCode()).isEqualTo(200);
			URI stick = application.address("/stick");
			await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).until(() -> {
				HttpClient.newHttpClient().sendAsync(HttpRequest.newBuilder(stick).build(), BodyHandlers.ofString());
				return ask(port).body().contains("\"stuckLoops\":" + LOOPS);
			});
			await().atMost(LIMIT).until(() -> ask(port).statusCode() == 503);
			assertThat(ask(port).body()).contains("\"state\":\"stuck\"",
					"com.example.launch.StuckApplication$Routes.stick(StuckApplication.java:");
			await().atMost(LIMIT)
				.until(() -> BlackBoxFile.read(file())
					.records()
					.anyMatch((entry) -> entry instanceof StallSeen stall && stall.duration().toSeconds() >= 5));
		}
		BlackBoxFile file = BlackBoxFile.read(file());
		assertThat(file.header().application()).isEqualTo("stuck-shop");
		List<StallSeen> stalls = file.records()
			.filter(StallSeen.class::isInstance)
			.map(StallSeen.class::cast)
			.filter((stall) -> stall.loop().startsWith("reactor-http-") && stall.duration().toSeconds() >= 2)
			.toList();
		assertThat(stalls.stream().map(StallSeen::loop).distinct()).hasSize(LOOPS);
		assertThat(stalls).allSatisfy((stall) -> assertThat(stall.place())
			.startsWith("com.example.launch.StuckApplication$Routes.stick(StuckApplication.java:"));
		assertThat(file.records().filter(ViolationSeen.class::isInstance).map(ViolationSeen.class::cast))
			.anySatisfy((violation) -> assertThat(violation.rule()).isEqualTo("loop-stall"));
	}

	@Test
	void exitOfAnApplicationThatIsWellLeavesNothing() throws Exception {
		try (LaunchedApplication application = start("--loopguard.black-box.directory=" + this.temporary)) {
			assertThat(application.get("/fine")).isEqualTo("fine");
			await().atMost(LIMIT).until(() -> !files().isEmpty());
			assertThat(application.terminate()).isEqualTo(143);
			assertThat(files()).isEmpty();
		}
	}

	@Test
	void nothingIsRecordedUnlessAskedFor() throws Exception {
		try (LaunchedApplication application = start()) {
			assertThat(application.get("/actuator/blocking")).contains("\"loop-monitor\"").doesNotContain("black-box");
			assertThat(files()).isEmpty();
		}
	}

	@Test
	void directoryAndPortThatCannotBeUsedAreAStatus() throws Exception {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				LaunchedApplication application = start("--loopguard.black-box.directory=/proc/nothing",
						"--loopguard.black-box.http.port=" + other.getLocalPort())) {
			await().atMost(LIMIT)
				.untilAsserted(() -> assertThat(application.get("/actuator/blocking")).contains(
						"\"status\":\"DEGRADED\"", "\"name\":\"black-box\",\"state\":\"DEGRADED\"",
						"loopguard.black-box.directory=/proc/nothing",
						"cannot listen on 127.0.0.1:" + other.getLocalPort(), "loopguard.black-box.http.port"));
			assertThat(application.get("/fine")).isEqualTo("fine");
			await().untilAsserted(() -> assertThat(application.output())
				.containsPattern("WARN .*The black box .*loopguard.black-box.directory=/proc/nothing"));
		}
	}

	private LaunchedApplication start(String... arguments) throws IOException {
		return LaunchedApplication.start(StuckApplication.class, Map.of(),
				List.of("-Djava.io.tmpdir=" + this.temporary, "-Dreactor.netty.ioWorkerCount=" + LOOPS), arguments);
	}

	private HttpResponse<String> ask(int port) throws IOException, InterruptedException {
		return this.client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/stall"))
			.timeout(Duration.ofSeconds(5))
			.build(), BodyHandlers.ofString());
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private Path file() throws IOException {
		assertThat(files()).hasSize(1);
		return files().get(0);
	}

	private List<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(this.temporary)) {
			return files.filter((file) -> file.toString().endsWith(".blackbox")).toList();
		}
	}

}
