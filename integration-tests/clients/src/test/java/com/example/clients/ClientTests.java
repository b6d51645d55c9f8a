package com.example.clients;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.r2dbc.h2.H2Connection;
import io.r2dbc.h2.H2ConnectionConfiguration;
import io.r2dbc.h2.H2ConnectionFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

import io.github.loopguard.Action;
import io.github.loopguard.Origin;
import io.github.loopguard.Site;
import io.github.loopguard.Violation;
import io.github.loopguard.ViolationKey;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real clients against a server that never answers, called on event loops: each call is
 * one violation, named as its users know it, whatever the client does inside.
 */
@SpringBootTest(classes = ClientsApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "loopguard.blocking-threads=password-encoder-*")
@TestInstance(Lifecycle.PER_CLASS)
@DirtiesContext
class ClientTests {

	/** What a first call may bring with it: classes load, and read their resources. */
	private static final Set<String> WARMING_UP = Set.of("class-loading", "resource-loading", "entropy");

	@LocalServerPort
	private int port;

	@Autowired
	private List<Calls> calls;

	@BeforeAll
	void warmUp() {
		client().get().uri("/").exchange().expectStatus().isNotFound();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("waiting")
	void callIsOneViolation(String name, Class<?> type, Waits waits) throws IOException {
		List<Violation> cold = call(type, name);
		assertThat(cold).filteredOn((it) -> !WARMING_UP.contains(it.rule())).as("first call of %s", name).hasSize(1);
		// A client's own event loops may load classes at any time; that is nobody's call.
		List<Violation> warm = call(type, name).stream()
			.filter((it) -> it.site() != null || !WARMING_UP.contains(it.rule()))
			.toList();
		assertThat(warm).as("second call of %s", name).hasSize(1);
		Violation violation = warm.get(0);
		assertThat(violation.rule()).isEqualTo(waits.rule());
		assertThat(violation.api()).isEqualTo(waits.api());
		assertThat(violation.count()).isEqualTo(1);
		assertThat(violation.origin()).isEqualTo(Origin.APPLICATION);
		assertThat(violation.action()).isEqualTo(Action.LOG);
		assertThat(violation.fix()).contains(waits.fix());
		Site site = violation.site();
		assertThat(site.className()).isEqualTo(type.getName());
		assertThat(site.methodName()).isEqualTo(name);
		assertThat(source(type).get(site.lineNumber() - 1)).contains(waits.line());
	}

	@Test
	void readingAFileInATransactionIsACallOfItsOwn() {
		call(DataCalls.class, "export");
		List<Violation> violations = call(DataCalls.class, "export");
		assertThat(violations).extracting(Violation::api)
			.containsExactlyInAnyOrder("java.nio.file.Files.readString",
					"com.example.clients.DataCalls.Transfers.export");
		assertThat(violations).extracting((it) -> it.site().className())
			.containsExactlyInAnyOrder(DataCalls.class.getName(), DataCalls.Transfers.class.getName());
	}

	@Test
	void openingAnEmbeddedDatabaseIsOneViolation(@TempDir Path directory) {
		openAndClose(directory.resolve("first"));
		Loopguard.instance().ledger().clear();
		openAndClose(directory.resolve("second"));
		assertThat(Loopguard.instance().ledger().violations()).filteredOn((it) -> !WARMING_UP.contains(it.rule()))
			.extracting(Violation::api)
			.containsExactlyInAnyOrder("org.h2.engine.SessionRemote.connectEmbeddedOrServer",
					"org.h2.engine.SessionLocal.close");
	}

	private static void openAndClose(Path file) {
		H2ConnectionFactory factory = new H2ConnectionFactory(
				H2ConnectionConfiguration.builder().file(file.toString()).build());
		StepVerifier
			.create(Mono.usingWhen(factory.create(), (connection) -> Mono.just("open"), H2Connection::close)
				.subscribeOn(Schedulers.single()))
			.expectNext("open")
			.expectComplete()
			.verify(Duration.ofSeconds(30));
	}

	@Test
	void baselineOfAnEarlierVersionToleratesARepositorysCall() {
		call(DataCalls.class, "repository");
		assertThat(call(DataCalls.class, "repository")).singleElement()
			.satisfies((violation) -> assertThat(violation.formerKeys()).containsExactly(new ViolationKey("jdbc",
					"org.hibernate.query.Query.getResultList", DataCalls.class.getName() + "#repository")));
	}

	/**
	 * Classes load at the first call, and a consumer shares locks with its background
	 * thread, for which it may have to wait now and then.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "kafkaPollWithoutWaiting", "kafkaPollOfNewProtocolWithoutWaiting" })
	void pollThatDoesNotWaitIsSilent(String name) {
		Awaitility.await().untilAsserted(() -> assertThat(call(MessagingCalls.class, name)).isEmpty());
	}

	/**
	 * Spring Security lets an application name the scheduler that encodes passwords.
	 */
	@ParameterizedTest
	@CsvSource({ "password-encoder, 0", "password-checker, 1" })
	void passwordsMayBeEncodedOnASchedulerThatIsMeantForThem(String name, int violations) {
		Loopguard.instance().ledger().clear();
		Scheduler scheduler = Schedulers.newParallel(name, 2);
		try {
			BCryptPasswordEncoder encoder = new BCryptPasswordEncoder(4);
			StepVerifier.create(Mono.fromCallable(() -> encoder.encode("secret")).subscribeOn(scheduler))
				.expectNextCount(1)
				.expectComplete()
				.verify(Duration.ofSeconds(30));
		}
		finally {
			scheduler.dispose();
		}
		assertThat(Loopguard.instance().ledger().violations()).filteredOn((it) -> it.rule().equals("cpu-heavy"))
			.hasSize(violations);
	}

	Stream<Arguments> waiting() {
		return this.calls.stream()
			.map(Object::getClass)
			.flatMap((type) -> Arrays.stream(type.getDeclaredMethods()))
			.filter((method) -> method.isAnnotationPresent(Waits.class))
			.sorted(Comparator.comparing((Method method) -> method.getDeclaringClass().getName())
				.thenComparing(Method::getName))
			.map((method) -> Arguments.of(method.getName(), method.getDeclaringClass(),
					method.getAnnotation(Waits.class)));
	}

	private List<Violation> call(Class<?> type, String name) {
		Loopguard.instance().ledger().clear();
		client().get()
			.uri("/call/{type}/{method}", type.getSimpleName(), name)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult();
		return Loopguard.instance().ledger().violations();
	}

	private WebTestClient client() {
		// Another thread may answer (see TestClients of the conformance tests).
		return WebTestClient
			.bindToServer(new ReactorClientHttpConnector(HttpClient.create(ConnectionProvider.newConnection())))
			.baseUrl("http://localhost:" + this.port)
			.responseTimeout(Duration.ofSeconds(60))
			.build();
	}

	private static List<String> source(Class<?> type) throws IOException {
		return Files.readAllLines(Path.of("src/test/java", type.getName().replace('.', '/') + ".java"));
	}

}
