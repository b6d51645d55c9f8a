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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ConnectTimeoutException;
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
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.PrematureCloseException;
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

	static final Duration LIMIT = Duration.ofMillis(1_500);

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

	private final List<HttpServer> servers = new ArrayList<>();

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
		this.remote = server((exchange) -> {
			this.called.countDown();
			awaitEnd(this.answered);
			answer(exchange);
		});
		await().pollDelay(Duration.ofMillis(300)).until(() -> state() == LoopState.State.IDLE);
		Loopguard.instance().ledger().clear();
	}

	@AfterEach
	void close() throws IOException {
		this.answered.countDown();
		this.servers.forEach((server) -> server.stop(0));
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
	void callsThatTimeOutMeanwhileAreTheLoopsOwnDoing(CapturedOutput output) throws Exception {
		Map<String, Double> before = timeouts();
		HttpServer closing = server(WaitedTests::answer);
		call(port(closing), LIMIT).block(Duration.ofSeconds(30));
		CompletableFuture<Throwable> read = failureOf(call(port(this.remote), LIMIT));
		assertThat(this.called.await(30, TimeUnit.SECONDS)).isTrue();
		long sent = System.nanoTime();
		try (FullServer full = new FullServer()) {
			CompletableFuture<Throwable> connect = failureOf(call(full.port(), LIMIT));
			awaitTasksOfTheLoop();
			CompletableFuture<Throwable> closed;
			try (Pipe pipe = stall()) {
				this.answered.countDown();
				closing.stop(0);
				closed = failureOf(call(port(closing), LIMIT));
				assertThat(failureOf(call(port(this.remote), LIMIT)).get(30, TimeUnit.SECONDS))
					.hasMessageContaining("Pool#acquire");
				full.accept();
				await().until(() -> System.nanoTime() - sent > LIMIT.plusMillis(700).toNanos());
			}
			assertThat(read.get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(ReadTimeoutException.class);
			assertThat(connect.get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(ConnectTimeoutException.class);
			assertThat(closed.get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(PrematureCloseException.class);
		}
		await().untilAsserted(() -> assertThat(violation().waited().timeouts())
			.isEqualTo(Map.of("closed", 1L, "connect", 1L, "pool", 1L, "read", 1L)));
		before.forEach((kind, count) -> assertThat(timeouts(kind)).as(kind)
			.isEqualTo(count + (kind.equals("operator") ? 0 : 1)));
		await().untilAsserted(() -> assertThat(output).contains("Client calls timed out because their event loop "
				+ "stood still, which says nothing about the network: 1 × closed, 1 × connect, 1 × pool, 1 × read"));
		checkEndpoint();
	}

	@Test
	void callThatATimeoutOperatorCancelsMeanwhileIsTheLoopsOwnDoing() throws Exception {
		double before = timeouts("operator");
		CompletableFuture<Throwable> failure = failureOf(call(port(this.remote), Duration.ofMinutes(1)).timeout(LIMIT));
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
	void callsThatTimeOutWhileAnotherLoopStandsStillAreNot() throws Exception {
		Map<String, Double> before = timeouts();
		HttpServer closing = server(HttpExchange::close);
		CountDownLatch end = new CountDownLatch(1);
		Scheduler other = Schedulers.newParallel("beside", 1, true);
		try (FullServer full = new FullServer()) {
			other.schedule(() -> awaitEnd(end));
			CompletableFuture<Throwable> connect = failureOf(call(full.port(), LIMIT));
			await().until(WaitedTests::isCounting);
			CompletableFuture<Throwable> read = failureOf(call(port(this.remote), Duration.ofMillis(500)));
			assertThat(this.called.await(30, TimeUnit.SECONDS)).isTrue();
			assertThat(failureOf(call(port(this.remote), LIMIT)).get(30, TimeUnit.SECONDS))
				.hasMessageContaining("Pool#acquire");
			assertThat(failureOf(call(port(closing), LIMIT)).get(30, TimeUnit.SECONDS))
				.hasRootCauseInstanceOf(PrematureCloseException.class);
			assertThat(read.get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(ReadTimeoutException.class);
			assertThat(failureOf(call(port(this.remote), Duration.ofMinutes(1)).timeout(Duration.ofMillis(100))).get(30,
					TimeUnit.SECONDS))
				.isInstanceOf(TimeoutException.class);
			assertThat(connect.get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(ConnectTimeoutException.class);
			assertThat(isCounting()).isTrue();
		}
		finally {
			end.countDown();
			other.dispose();
		}
		assertThat(timeouts()).isEqualTo(before);
	}

	private static boolean isCounting() {
		return Loopguard.instance().outside().loopMonitor().impact().isCounting();
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

	/**
	 * Waits until the event loop has done what it has been told, and what follows.
	 */
	private void awaitTasksOfTheLoop() throws Exception {
		for (int i = 0; i < 10; i++) {
			this.loop.submit(() -> {
			}).get(30, TimeUnit.SECONDS);
		}
	}

	private Mono<?> call(int port, Duration limit) {
		return this.webClient.build()
			.get()
			.uri("http://127.0.0.1:" + port + "/")
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

	private HttpServer server(HttpHandler handler) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setExecutor(Executors.newCachedThreadPool());
		server.createContext("/", handler);
		server.start();
		this.servers.add(server);
		return server;
	}

	private static int port(HttpServer server) {
		return server.getAddress().getPort();
	}

	private static void answer(HttpExchange exchange) throws IOException {
		exchange.sendResponseHeaders(204, -1);
		exchange.close();
	}

	private static void awaitEnd(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Map<String, Double> timeouts() {
		return Stream.of("read", "closed", "connect", "pool", "operator")
			.collect(Collectors.toMap(Function.identity(), this::timeouts));
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
