package com.example.allowed;

import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import io.github.loopguard.Violation;
import io.github.loopguard.allowance.AllowanceStatus;
import io.github.loopguard.allowance.AllowanceStatus.State;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * What users add: methods that may block and methods that do, threads, and code that
 * speaks for itself.
 */
@SpringBootTest(classes = AllowedApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=blocking,metrics",
				"loopguard.allowances.read.method=com.example.allowed.AllowedApplication$Archive#read",
				"loopguard.allowances.read.reason=the archive is on a memory disk",
				"loopguard.allowances.read.owner=team-archive", "loopguard.allowances.read.until=2999-12-31",
				"loopguard.allowances.caller.method=com.example.allowed.AllowedApplication$Routes#caller",
				"loopguard.allowances.caller.reason=only for administrators",
				"loopguard.allowances.later.method=com.example.allowed.AllowedApplication$Archive#readLater",
				"loopguard.allowances.later.reason=the archive is on a memory disk",
				"loopguard.allowances.old.method=com.example.allowed.AllowedApplication$Routes#expired",
				"loopguard.allowances.old.reason=until the archive has moved",
				"loopguard.allowances.old.until=2020-12-31",
				"loopguard.allowances.gone.method=com.example.allowed.AllowedApplication$Archive#burn",
				"loopguard.allowances.gone.reason=it was there once",
				"loopguard.allowances.wide.method="
						+ "org.springframework.web.reactive.result.method.InvocableHandlerMethod#invoke",
				"loopguard.allowances.wide.reason=copied from somewhere",
				"loopguard.allowances.netty-allocator-expand.enabled=false",
				"loopguard.hooks.compute.method=com.example.allowed.AllowedApplication$Archive#compute",
				"loopguard.hooks.compute.rule=http-request",
				"loopguard.hooks.constructor.method=com.example.allowed.AllowedApplication$Vault#<init>",
				"loopguard.hooks.missing.method=com.example.allowed.AllowedApplication$Archive#vanish",
				"loopguard.event-loop-threads=archive-loop-*", "loopguard.blocking-threads=archive-helper-*" })
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
class AllowedTests {

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry registry;

	@BeforeEach
	void clear() {
		Loopguard.instance().ledger().clear();
	}

	@ParameterizedTest
	@ValueSource(strings = { "own", "caller", "lambda", "provided" })
	void anAllowedCallIsCountedAndIsNoViolation(String path) throws Exception {
		long before = Loopguard.instance().ledger().totals().allowed();
		for (int i = 0; i < 3; i++) {
			get("/allowed/" + path);
		}
		assertThat(violations()).isEmpty();
		assertThat(Loopguard.instance().ledger().totals().allowed() - before).isEqualTo(3);
	}

	@Test
	void theSameCallFromElsewhereIsAViolation() throws Exception {
		get("/allowed/caller");
		get("/allowed/stranger");
		assertThat(violations()).singleElement().satisfies((violation) -> {
			assertThat(violation.api()).isEqualTo("java.io.File.length");
			assertThat(violation.count()).isOne();
		});
	}

	@Test
	void whatIsAllowedHidesNothingElseInTheSameCall() throws Exception {
		long before = Loopguard.instance().ledger().totals().allowed();
		get("/allowed/both");
		assertThat(Loopguard.instance().ledger().totals().allowed() - before).isOne();
		assertThat(violations()).singleElement()
			.satisfies((violation) -> assertThat(violation.api()).isEqualTo("java.io.File.length"));
	}

	@Test
	void anExpiredAllowanceAllowsNothing() throws Exception {
		get("/allowed/expired");
		assertThat(violations()).singleElement()
			.satisfies((violation) -> assertThat(violation.api()).isEqualTo("java.io.File.isFile"));
		assertThat(status("old").state()).isEqualTo(State.EXPIRED);
	}

	@Test
	void theEndpointShowsEveryAllowanceWithItsStateAndCount() throws Exception {
		get("/allowed/own");
		Map<String, Map<String, Object>> allowances = shown();
		assertThat(allowances.get("read")).containsEntry("owner", "team-archive")
			.containsEntry("until", "2999-12-31")
			.containsEntry("source", "user")
			.containsEntry("state", "LIVE");
		assertThat((Integer) allowances.get("read").get("count")).isPositive();
		assertThat(allowances.get("netty-tls-tasks")).containsEntry("source", "netty")
			.containsEntry("count", null)
			.containsEntry("state", "LIVE");
		assertThat(allowances.get("netty-nio-loop")).containsEntry("state", "STALE");
		assertThat(allowances.get("gone")).containsEntry("state", "STALE");
		assertThat(allowances.get("wide")).containsEntry("state", "TOO_BROAD")
			.extractingByKey("reason")
			.asString()
			.contains("whatever a controller does");
		assertThat(allowances.get("archive-provided")).containsEntry("state", "LIVE");
		assertThat(allowances).doesNotContainKeys("netty-allocator-expand", "mongodb-lock");
	}

	@Test
	void shippedAllowancesForWhatIsHereAreNotStale() {
		assertThat(Loopguard.instance().allowances()).filteredOn((it) -> it.allowance().source().equals("loopguard"))
			.isNotEmpty()
			.allSatisfy((status) -> assertThat(status.state()).as(status.toString()).isEqualTo(State.LIVE));
	}

	@Test
	void integrationsOfOthersAreListedWithTheirReason() {
		assertThat(Loopguard.instance().allowances())
			.filteredOn((it) -> List.of("netty", "reactor", "spring", "blockhound").contains(it.allowance().source()))
			.hasSizeGreaterThan(30)
			.allSatisfy((status) -> assertThat(status.allowance().reason()).as(status.toString())
				.doesNotContain("does not say why"));
	}

	@Test
	void whatCannotWorkIsSaidAtStart(CapturedOutput output) {
		await().untilAsserted(() -> assertThat(output).contains("Archive#burn is STALE", "Remove it",
				"InvocableHandlerMethod#invoke is TOO_BROAD", "Routes#expired is EXPIRED",
				"Archive#vanish finds nothing"));
		assertThat(output).doesNotContain("Archive#read is");
	}

	@Test
	void allowedCallsHaveAMeter() throws Exception {
		get("/allowed/own");
		await().untilAsserted(() -> assertThat(this.registry.get("loopguard.allowed")
			.tags("rule", "file-stat", "kind", "user")
			.functionCounter()
			.count()).isPositive());
	}

	@Test
	void aHookedMethodBreaksItsRule() throws Exception {
		get("/allowed/hooked");
		get("/allowed/provided-hook");
		assertThat(violations()).extracting(Violation::rule, Violation::api)
			.containsExactlyInAnyOrder(tuple("http-request", "com.example.allowed.AllowedApplication.Archive.compute"),
					tuple("messaging", "com.example.allowed.AllowedApplication.Archive.search"));
	}

	@Test
	void constructorThatBlocksIsFoundAndItsClassWorks() throws Exception {
		assertThat(get("/allowed/constructed")).isNotEmpty();
		assertThat(get("/allowed/not-constructed")).isEqualTo("no name");
		assertThat(violations()).singleElement().satisfies((violation) -> {
			assertThat(violation.api()).isEqualTo("com.example.allowed.AllowedApplication.Vault.<init>");
			assertThat(violation.held().count()).isEqualTo(violation.count()).isGreaterThanOrEqualTo(2);
		});
		assertThat(Loopguard.instance().healed()).isZero();
	}

	@Test
	void codeSaysOfItselfThatItMayBlock() throws Exception {
		get("/allowed/declared");
		get("/allowed/declared");
		assertThat(violations()).singleElement().satisfies((violation) -> {
			assertThat(violation.rule()).isEqualTo("marked-blocking");
			assertThat(violation.api()).isEqualTo("rendering a report");
			assertThat(violation.site().methodName()).isEqualTo("declared");
			assertThat(violation.count()).isEqualTo(2);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "archive-loop-1", "archive-io-1" })
	void aThreadIsAnEventLoopByItsName(String name) throws Exception {
		CompletableFuture<Boolean> done = new CompletableFuture<>();
		Thread thread = new Thread(() -> done.complete(new File("pom.xml").isHidden()), name);
		thread.start();
		done.get(10, TimeUnit.SECONDS);
		assertThat(violations()).singleElement()
			.satisfies((violation) -> assertThat(violation.threads()).containsExactly(name));
	}

	@ParameterizedTest
	@ValueSource(strings = { "archive-helper", "archive-worker" })
	void aThreadMayBlockByItsName(String name) throws Exception {
		Scheduler scheduler = Schedulers.newSingle(name, true);
		try {
			CompletableFuture<Boolean> done = new CompletableFuture<>();
			scheduler.schedule(() -> done.complete(new File("pom.xml").isHidden()));
			done.get(10, TimeUnit.SECONDS);
		}
		finally {
			scheduler.dispose();
		}
		assertThat(violations()).isEmpty();
	}

	@SuppressWarnings("unchecked")
	private Map<String, Map<String, Object>> shown() throws Exception {
		Map<String, Object> report = new JsonMapper().readValue(get("/actuator/blocking"), Map.class);
		return ((List<Map<String, Object>>) report.get("allowances")).stream()
			.collect(Collectors.toMap((it) -> (String) it.get("id"), Function.identity()));
	}

	private static AllowanceStatus status(String id) {
		return Loopguard.instance()
			.allowances()
			.stream()
			.filter((it) -> it.allowance().id().equals(id))
			.findFirst()
			.orElseThrow();
	}

	private static List<Violation> violations() {
		return Loopguard.instance()
			.ledger()
			.violations()
			.stream()
			.filter((violation) -> violation.site() != null)
			.toList();
	}

	private String get(String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path)).build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
	}

}
