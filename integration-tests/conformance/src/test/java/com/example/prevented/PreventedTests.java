package com.example.prevented;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.blockhound.BlockingOperationError;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.Action;
import io.github.loopguard.Violation;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.ledger.LedgerThread;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * With every rule set to fail, calls are prevented where that is safe and let pass where
 * it is not, and the words agree with the effect.
 */
@SpringBootTest(classes = PreventedApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "loopguard.log.lines-per-minute=10000")
@DirtiesContext
class PreventedTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	@TempDir
	static Path directory;

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcTemplate jdbc;

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final HttpClient client = HttpClient.newHttpClient();

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("spring.datasource.url", () -> "jdbc:h2:file:" + directory.resolve("orders").toAbsolutePath());
		Catalog.shipped().rules().forEach((it) -> registry.add("loopguard.rules." + it.id() + ".action", () -> "fail"));
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
		assertThat(Loopguard.instance().failures()).isZero();
		assertThat(Loopguard.instance().ledger().violations()).as("nothing of Loopguard's own blocks a loop")
			.noneMatch((violation) -> violation.toString().contains("=io.github.loopguard"));
	}

	@Test
	void writeIsPreventedAndTheFileDoesNotExist() throws Exception {
		PreventedApplication.target = directory.resolve("never.txt");
		assertThat(get("/write").statusCode()).isEqualTo(500);
		assertThat(PreventedApplication.target).doesNotExist();
		Violation violation = at("write");
		assertThat(violation.action()).isEqualTo(Action.FAIL);
		assertThat(violation.prevented()).isEqualTo(1);
		assertThat(violation.heldBack()).isZero();
		assertThat(line("PreventedApplication$Routes.write")).contains("prevented: the call failed")
			.doesNotContain("not prevented");
	}

	@Test
	void everyOneOfAFloodIsPrevented() throws Exception {
		PreventedApplication.target = directory.resolve("flood.txt");
		CompletableFuture<Integer> failed = new CompletableFuture<>();
		Schedulers.parallel().schedule(() -> {
			int count = 0;
			for (int i = 0; i < 5_000; i++) {
				try {
					java.nio.file.Files.writeString(PreventedApplication.target, "x");
				}
				catch (java.io.IOException ex) {
					failed.completeExceptionally(ex);
				}
				catch (Error ex) {
					count++;
				}
			}
			failed.complete(count);
		});
		assertThat(failed.get(30, TimeUnit.SECONDS)).isEqualTo(5_000);
		assertThat(PreventedApplication.target).doesNotExist();
	}

	@Test
	void contendedLockIsHeldBackAndStaysUsable() throws Exception {
		PreventedApplication.LOCK.lock();
		CompletableFuture<HttpResponse<String>> response;
		try {
			response = this.client.sendAsync(request("/lock"), BodyHandlers.ofString());
			await().atMost(SOON).until(PreventedApplication.LOCK::hasQueuedThreads);
		}
		finally {
			PreventedApplication.LOCK.unlock();
		}
		assertThat(response.get(20, TimeUnit.SECONDS).body()).isEqualTo("locked");
		Violation violation = at("lock");
		assertThat(violation.rule()).isEqualTo("thread-park");
		assertThat(violation.heldBack()).isEqualTo(1);
		assertThat(violation.prevented()).isZero();
		assertThat(Loopguard.instance().ledger().totals().heldBack()).isPositive();
		assertThat(PreventedApplication.LOCK.tryLock(10, TimeUnit.SECONDS)).isTrue();
		PreventedApplication.LOCK.unlock();
	}

	@Test
	void initialiserIsNeverThrownThrough() throws Exception {
		assertThat(get("/helped").statusCode()).isEqualTo(500);
		HttpResponse<String> first = get("/initialise");
		assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
		assertThat(PreventedApplication.Initialised.SIZE).isPositive();
		assertThat(at("<clinit>").heldBack()).isEqualTo(1);
		assertThat(get("/helped").statusCode()).isEqualTo(500);
		assertThat(at("of").prevented()).isEqualTo(2);
		assertThat(at("of").heldBack()).isEqualTo(1);
	}

	@Test
	void databaseIsNeverThrownThrough() throws Exception {
		int before = rows();
		for (int i = 0; i < 5; i++) {
			HttpResponse<String> response = get("/database");
			assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		}
		assertThat(at("database").heldBack()).isEqualTo(5);
		assertThat(rows()).isEqualTo(before + 5);
		assertThat(line("PreventedApplication$Routes.database")).contains("not prevented: an error thrown here could");
	}

	@Test
	void streamOfTheJdksIsNeverThrownThrough() throws Exception {
		PreventedApplication.target = directory.resolve("printed.txt");
		assertThat(get("/print").statusCode()).isEqualTo(500);
		assertThat(PreventedApplication.target).doesNotExist();
	}

	@Test
	void taskOfAnotherThatALoopHappensToRunGoesOn() throws Exception {
		PreventedApplication.target = java.nio.file.Files.writeString(directory.resolve("others.txt"), "others");
		Callable<String> read = () -> java.nio.file.Files.readString(PreventedApplication.target);
		CompletableFuture<String> own = new CompletableFuture<>();
		Schedulers.parallel().schedule(() -> OthersTask.complete(own, read));
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> own.get(20, TimeUnit.SECONDS))
			.withCauseInstanceOf(BlockingOperationError.class);
		try (OthersTask<String> others = new OthersTask<>(read)) {
			Schedulers.parallel().schedule(others::help);
			assertThat(others.get()).isEqualTo("others");
			assertThat(others.ranOn()).startsWith("parallel-");
		}
		assertThat(Loopguard.instance().ledger().violations())
			.filteredOn((it) -> it.api().equals("java.nio.file.Files.readString"))
			.singleElement()
			.satisfies((violation) -> {
				assertThat(violation.prevented()).isEqualTo(1);
				assertThat(violation.heldBack()).isEqualTo(1);
			});
	}

	private int rows() {
		Integer rows = this.jdbc.queryForObject("select count(*) from orders", Integer.class);
		return (rows != null) ? rows : -1;
	}

	private static Violation at(String method) {
		List<Violation> found = Loopguard.instance()
			.ledger()
			.violations()
			.stream()
			.filter((violation) -> violation.site() != null && method.equals(violation.site().methodName()))
			.toList();
		assertThat(found).hasSize(1);
		return found.get(0);
	}

	private String line(String site) {
		return await().atMost(SOON)
			.until(() -> List.copyOf(this.log.list)
				.stream()
				.map(ILoggingEvent::getFormattedMessage)
				.filter((line) -> line.contains(site))
				.findFirst()
				.orElse(""), (line) -> !line.isEmpty());
	}

	private HttpResponse<String> get(String path) throws Exception {
		return this.client.send(request(path), BodyHandlers.ofString());
	}

	private HttpRequest request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path)).build();
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger(LedgerThread.LOGGER);
	}

}
