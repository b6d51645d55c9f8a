package com.example.waited;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.netty.handler.timeout.ReadTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.resources.LoopResources;

import com.example.http.TestClients;

import io.github.loopguard.Violation;
import io.github.loopguard.detect.loop.LoopState;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A violation tells what waited for it, on a real server with a single event loop.
 */
@SpringBootTest(classes = WaitedApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "loopguard.loop-monitor.enabled=true", "loopguard.loop-monitor.grace=0s",
				"management.endpoints.web.exposure.include=blocking,metrics" })
@ExtendWith(OutputCaptureExtension.class)
@DirtiesContext
class WaitedTests {

	private static final int CONNECTIONS = 20;

	private static final Duration LIMIT = Duration.ofMillis(1_500);

	@LocalServerPort
	private int port;

	@Autowired
	private LoopResources loops;

	@Autowired
	private WebClient.Builder webClient;

	@Autowired
	private MeterRegistry meters;

	@TempDir
	private Path directory;

	private final List<Connection> connections = new ArrayList<>();

	private EventLoop loop;

	private HttpServer remote;

	private final CountDownLatch answered = new CountDownLatch(1);

	private final CountDownLatch called = new CountDownLatch(1);

	@BeforeEach
	void open() throws Exception {
		this.loop = this.loops.onServer(true).next();
		for (int i = 0; i <= CONNECTIONS; i++) {
			Connection connection = new Connection(this.port);
			this.connections.add(connection);
			connection.send("/orders/0");
			connection.receive();
		}
		this.remote = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.remote.setExecutor(Executors.newCachedThreadPool());
		this.remote.createContext("/", (exchange) -> {
			this.called.countDown();
			awaitAnswer();
			exchange.sendResponseHeaders(204, -1);
			exchange.close();
		});
		this.remote.start();
		await().pollDelay(Duration.ofMillis(300)).until(() -> state() == LoopState.State.IDLE);
		Loopguard.instance().ledger().clear();
	}

	@AfterEach
	void close() throws IOException {
		this.answered.countDown();
		this.remote.stop(0);
		for (Connection connection : this.connections) {
			connection.close();
		}
	}

	@Test
	void tasksAndRequestsAreCounted(CapturedOutput output) throws Exception {
		try (Pipe pipe = stall()) {
			for (int i = 0; i < 20; i++) {
				this.loop.execute(() -> {
				});
			}
			for (Connection connection : this.connections.subList(1, CONNECTIONS + 1)) {
				connection.send("/orders/1");
			}
		}
		await().untilAsserted(() -> assertThat(violation().waited().requests()).isEqualTo(CONNECTIONS));
		Violation violation = violation();
		assertThat(violation.rule()).isEqualTo("file-read");
		assertThat(violation.detectors()).containsExactly("blockhound", "loop-monitor");
		assertThat(violation.count()).isEqualTo(1);
		assertThat(violation.waited().tasks()).isEqualTo(20);
		assertThat(violation.waited().estimated()).isTrue();
		assertThat(violation.waited().routes()).singleElement()
			.satisfies((route) -> assertThat(route.route()).isEqualTo("GET /orders/{id}"));
		await().untilAsserted(() -> assertThat(output).contains("made 20 requests and 20 queued tasks wait, at most "));
		for (Connection connection : this.connections) {
			connection.receive();
		}
		this.connections.get(1).send("/orders/2");
		this.connections.get(1).receive();
		assertThat(violation().waited().requests()).isEqualTo(CONNECTIONS);
		checkEndpoint();
	}

	@Test
	void callThatTimesOutMeanwhileIsTheLoopsOwnDoing(CapturedOutput output) throws Exception {
		double before = timeouts("read");
		CompletableFuture<Throwable> failure = failureOf(call(LIMIT));
		assertThat(this.called.await(30, TimeUnit.SECONDS)).isTrue();
		long sent = System.nanoTime();
		try (Pipe pipe = stall()) {
			this.answered.countDown();
			await().until(() -> System.nanoTime() - sent > LIMIT.plusMillis(500).toNanos());
		}
		assertThat(failure.get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(ReadTimeoutException.class);
		await().untilAsserted(() -> assertThat(violation().waited().timeouts()).containsExactly(Map.entry("read", 1L)));
		assertThat(timeouts("read")).isEqualTo(before + 1);
		await().untilAsserted(() -> assertThat(output).contains("Client calls timed out because their event loop "
				+ "stood still, which says nothing about the network: 1 × read"));
		checkEndpoint();
	}

	@Test
	void callThatATimeoutOperatorCancelsMeanwhileIsTheLoopsOwnDoing() throws Exception {
		double before = timeouts("operator");
		CompletableFuture<Throwable> failure = failureOf(call(Duration.ofMinutes(1)).timeout(LIMIT));
		assertThat(this.called.await(30, TimeUnit.SECONDS)).isTrue();
		try (Pipe pipe = stall()) {
			this.answered.countDown();
			assertThat(failure.get(30, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
		}
		await().untilAsserted(
				() -> assertThat(violation().waited().timeouts()).containsExactly(Map.entry("operator", 1L)));
		assertThat(timeouts("operator")).isEqualTo(before + 1);
	}

	@Test
	void callThatTimesOutOtherwiseIsNot() throws Exception {
		double before = timeouts("read") + timeouts("operator");
		assertThat(failureOf(call(Duration.ofMillis(100))).get(30, TimeUnit.SECONDS))
			.hasRootCauseInstanceOf(ReadTimeoutException.class);
		assertThat(failureOf(call(Duration.ofMinutes(1)).timeout(Duration.ofMillis(100))).get(30, TimeUnit.SECONDS))
			.isInstanceOf(TimeoutException.class);
		assertThat(timeouts("read") + timeouts("operator")).isEqualTo(before);
	}

	/**
	 * Lets a request read a pipe until that is closed.
	 */
	private Pipe stall() throws Exception {
		Pipe pipe = new Pipe(this.directory.resolve("pipe"));
		this.connections.get(0).send("/read?file=" + pipe.path());
		pipe.awaitReader();
		await().until(() -> state() == LoopState.State.STALLED);
		await().pollDelay(Duration.ofMillis(200)).until(() -> state() == LoopState.State.STALLED);
		return pipe;
	}

	private Mono<?> call(Duration limit) {
		return this.webClient.build()
			.get()
			.uri("http://localhost:" + this.remote.getAddress().getPort() + "/")
			.httpRequest((request) -> request.<HttpClientRequest>getNativeRequest().responseTimeout(limit))
			.retrieve()
			.toBodilessEntity();
	}

	private static CompletableFuture<Throwable> failureOf(Mono<?> call) {
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		call.subscribe((answer) -> failure.completeExceptionally(new AssertionError("answered " + answer)),
				failure::complete);
		return failure;
	}

	private void awaitAnswer() {
		try {
			this.answered.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private double timeouts(String kind) {
		return this.meters.get("loopguard.timeouts.self").tag("kind", kind).functionCounter().count();
	}

	private void checkEndpoint() throws IOException {
		String json = TestClients.of(this.port)
			.get()
			.uri("/actuator/blocking")
			.exchange()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(JsonSchemaFactory.getInstance(VersionFlag.V202012)
			.getSchema(Files.readString(Path.of("../../docs/endpoint.schema.json")))
			.validate(json, InputFormat.JSON)).isEmpty();
		assertThat(json).contains("\"waited\":{\"tasks\":");
	}

	private LoopState.State state() {
		return Loopguard.instance()
			.outside()
			.loopMonitor()
			.loops()
			.stream()
			.filter((loop) -> loop.name().startsWith("only-"))
			.map(LoopState::state)
			.findFirst()
			.orElse(null);
	}

	private static Violation violation() {
		List<Violation> violations = Loopguard.instance()
			.ledger()
			.violations()
			.stream()
			.filter((it) -> it.site() != null && it.site().className().startsWith("com.example.waited."))
			.toList();
		assertThat(violations).hasSize(1);
		return violations.get(0);
	}

}
