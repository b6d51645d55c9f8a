package com.example.counted;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.example.http.TestClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.json.JsonMapper;

import io.github.loopguard.Origin;
import io.github.loopguard.Violation;
import io.github.loopguard.ledger.LedgerThread;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Every call counts once: in the meter, in the ledger, and in one line of the log.
 */
@SpringBootTest(classes = CountedApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=health,blocking,metrics",
				"loopguard.log.lines-per-minute=10000" })
@DirtiesContext
class CountedTests {

	private static final int CLIENTS = 16;

	private static final int CALLS = 1_000;

	private static final Duration SOON = Duration.ofSeconds(20);

	@TempDir
	static java.nio.file.Path directory;

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcTemplate jdbc;

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final HttpClient client = HttpClient.newHttpClient();

	@DynamicPropertySource
	static void database(DynamicPropertyRegistry registry) {
		registry.add("spring.datasource.url", () -> "jdbc:h2:file:" + directory.resolve("orders").toAbsolutePath());
	}

	@BeforeEach
	void clear() {
		this.jdbc.execute("create table if not exists orders(id int)");
		Loopguard.instance().ledger().clear();
		this.log.start();
		logger().addAppender(this.log);
	}

	@AfterEach
	void detach() {
		logger().detachAppender(this.log);
	}

	@Test
	void sixteenClientsWithAThousandReadsEachAreSixteenThousandOccurrencesAndOneLine() throws Exception {
		double before = metered();
		ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
		try {
			Callable<Void> client = () -> {
				for (int i = 0; i < CALLS; i++) {
					assertThat(get("/counted/read").statusCode()).isEqualTo(200);
				}
				return null;
			};
			List<Future<Void>> running = clients
				.invokeAll(IntStream.range(0, CLIENTS).mapToObj((i) -> client).toList());
			for (Future<Void> future : running) {
				future.get();
			}
		}
		finally {
			clients.shutdown();
		}
		assertThat(metered() - before).isEqualTo(CLIENTS * CALLS);
		List<Violation> violations = of("file-read");
		assertThat(violations).hasSize(1);
		assertThat(violations.get(0).count()).isEqualTo(CLIENTS * CALLS);
		assertThat(violations.get(0).held().count()).isEqualTo(CLIENTS * CALLS);
		assertThat(violations.get(0).site().lines().values()).containsExactly((long) CLIENTS * CALLS);
		assertThat(Loopguard.instance().failures()).isZero();
		await().atMost(SOON).untilAsserted(() -> assertThat(lines("file-read")).hasSize(1));
		Loopguard.instance().ledgerThread().removeTask(awaitTwoLooks());
		assertThat(lines("file-read")).hasSize(1);
	}

	@Test
	void twoCallSitesUnderATemplateAreTwoViolationsWithExactCounts() throws Exception {
		for (int i = 0; i < 30; i++) {
			assertThat(get("/counted/one").statusCode()).isEqualTo(200);
			if (i % 3 == 0) {
				assertThat(get("/counted/two").statusCode()).isEqualTo(200);
			}
		}
		List<Violation> violations = of("jdbc");
		assertThat(violations).hasSize(2);
		assertThat(violations).allSatisfy((violation) -> {
			assertThat(violation.site().className()).isEqualTo(CountedApplication.Routes.class.getName());
			assertThat(violation.api()).isEqualTo("org.springframework.jdbc.core.JdbcTemplate.queryForObject");
		});
		assertThat(count(violations, "one")).isEqualTo(30);
		assertThat(count(violations, "two")).isEqualTo(10);
		// The loop of the JDK's client waits for a lock now and then.
		assertThat(Loopguard.instance().ledger().violations()).filteredOn((it) -> it.origin() != Origin.UNKNOWN)
			.hasSize(2);
	}

	private static long count(List<Violation> violations, String method) {
		return violations.stream()
			.filter((violation) -> method.equals(violation.site().methodName()))
			.mapToLong(Violation::count)
			.sum();
	}

	/**
	 * Lets the ledger's thread look at the ledger twice more.
	 */
	private static Runnable awaitTwoLooks() {
		java.util.concurrent.CountDownLatch looks = new java.util.concurrent.CountDownLatch(2);
		Runnable task = looks::countDown;
		Loopguard.instance().ledgerThread().addTask(task);
		await().atMost(SOON).until(() -> looks.getCount() == 0);
		return task;
	}

	private List<Violation> of(String rule) {
		return Loopguard.instance().ledger().violations().stream().filter((it) -> it.rule().equals(rule)).toList();
	}

	private List<String> lines(String rule) {
		return List.copyOf(this.log.list)
			.stream()
			.map(ILoggingEvent::getFormattedMessage)
			.filter((line) -> line.contains("[" + rule + "]"))
			.toList();
	}

	/**
	 * Returns what the meter says over HTTP, 0 while there is none.
	 */
	private double metered() throws Exception {
		Loopguard.instance().ledgerThread().removeTask(awaitTwoLooks());
		EntityExchangeResult<String> response = TestClients.of(this.port)
			.get()
			.uri("/actuator/metrics/loopguard.occurrences?tag=rule:file-read")
			.exchange()
			.expectBody(String.class)
			.returnResult();
		if (response.getStatus() == HttpStatus.NOT_FOUND) {
			return 0;
		}
		assertThat(response.getStatus()).isEqualTo(HttpStatus.OK);
		return JsonMapper.shared().readTree(response.getResponseBody()).at("/measurements/0/value").asDouble();
	}

	private HttpResponse<String> get(String path) throws Exception {
		return this.client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path)).build(),
				BodyHandlers.ofString());
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger(LedgerThread.LOGGER);
	}

}
