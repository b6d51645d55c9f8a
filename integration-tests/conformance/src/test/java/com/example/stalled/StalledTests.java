package com.example.stalled;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.example.http.TestClients;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.reactive.server.WebTestClient;

import io.github.loopguard.Violation;
import io.github.loopguard.detect.loop.LoopState;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A turn that takes too long is one violation with the call that a hook saw in it.
 */
@SpringBootTest(classes = StalledApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "loopguard.loop-monitor.enabled=true", "loopguard.loop-monitor.grace=0s",
				"loopguard.allowances.nap.method=com.example.stalled.StalledController#nap",
				"loopguard.allowances.nap.reason=a nap does nobody harm", "loopguard.allowances.nap.owner=shop",
				"management.endpoints.web.exposure.include=blocking,metrics" })
@DirtiesContext
class StalledTests {

	@LocalServerPort
	private int port;

	private WebTestClient client;

	@BeforeEach
	void forget() {
		this.client = TestClients.of(this.port);
		await().pollDelay(Duration.ofMillis(300)).until(() -> "fine".equals(get("/fine")));
		Loopguard.instance().ledger().clear();
	}

	@Test
	void callThatAHookSawIsOneViolationOfBothDetectors() {
		get("/sleep");
		await().untilAsserted(() -> assertThat(violations()).singleElement().satisfies((violation) -> {
			assertThat(violation.rule()).isEqualTo("sleep");
			assertThat(violation.detectors()).containsExactly("blockhound", "loop-monitor");
			assertThat(violation.route()).isEqualTo("GET /sleep");
		}));
	}

	@Test
	void restThatIsShortIsNoViolationOfItsOwn() {
		get("/sleep-and-compute-little");
		await().untilAsserted(() -> assertThat(violations()).singleElement()
			.satisfies((violation) -> assertThat(violation.detectors()).containsExactly("blockhound", "loop-monitor")));
	}

	@Test
	void restOfTheTurnIsTheMonitorsOwn() {
		await().untilAsserted(() -> {
			get("/sleep-and-compute");
			assertThat(violations()).extracting(Violation::rule).containsExactlyInAnyOrder("sleep", "loop-stall");
			assertThat(violation("sleep").detectors()).contains("loop-monitor");
		});
		assertThat(violation("sleep").detectors()).containsExactly("blockhound", "loop-monitor");
		assertThat(violation("loop-stall").detectors()).containsExactly("loop-monitor");
		assertThat(violation("loop-stall").site().methodName()).isEqualTo("hot");
		assertThat(violation("loop-stall").held().max()).isBetween(Duration.ofMillis(250), Duration.ofMillis(900));
	}

	@Test
	void turnThatGoesOnAfterACallOfAHookIsToldWhileItLasts() {
		CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> get("/long"));
		await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			assertThat(violations()).filteredOn((violation) -> violation.rule().equals("loop-stall"))
				.singleElement()
				.satisfies((violation) -> assertThat(violation.site().methodName()).isEqualTo("hot"));
			assertThat(answer).isNotDone();
		});
		answer.join();
	}

	@Test
	void callThatIsAllowedIsCountedOnce() {
		long stalls = stalls();
		long allowed = Loopguard.instance().ledger().totals().allowed();
		get("/nap");
		await().untilAsserted(() -> assertThat(stalls()).isGreaterThan(stalls));
		assertThat(violations()).isEmpty();
		assertThat(Loopguard.instance().ledger().totals().allowed() - allowed).isOne();
	}

	private static long stalls() {
		return Loopguard.instance()
			.outside()
			.loopMonitor()
			.loops()
			.stream()
			.mapToLong(LoopState::turnsOverThreshold)
			.sum();
	}

	@Test
	void computationIsFoundWhereNoHookIs() {
		await().untilAsserted(() -> {
			get("/hot");
			assertThat(violations()).singleElement().satisfies((violation) -> {
				assertThat(violation.rule()).isEqualTo("loop-stall");
				assertThat(violation.api()).isEqualTo("com.example.stalled.StalledController.hot");
				assertThat(violation.site().methodName()).isEqualTo("hot");
				assertThat(violation.detectors()).containsExactly("loop-monitor");
			});
		});
	}

	@Test
	void endpointShowsTheLoops() throws Exception {
		await().untilAsserted(() -> {
			get("/hot");
			assertThat(violations()).isNotEmpty();
		});
		String json = get("/actuator/blocking");
		assertThat(JsonSchemaFactory.getInstance(VersionFlag.V202012)
			.getSchema(Files.readString(Path.of("../../docs/endpoint.schema.json")))
			.validate(json, InputFormat.JSON)).isEmpty();
		this.client.get()
			.uri("/actuator/blocking")
			.exchange()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("ACTIVE")
			.jsonPath("$.detectors[1].name")
			.isEqualTo("loop-monitor")
			.jsonPath("$.loops[?(@.longest.duration)].group")
			.isNotEmpty();
		assertThat(get("/actuator/metrics/loopguard.loop.stalls")).contains("reactor-http");
		assertThat(get("/actuator/metrics/loopguard.loop.delay")).contains("reactor-http");
		assertThat(get("/actuator/metrics/loopguard.loop.busy")).contains("reactor-http");
		assertThat(get("/actuator/metrics/loopguard.loop.pending")).contains("reactor-http");
		assertThat(get("/actuator/metrics/loopguard.timeouts.self")).contains("operator", "pool", "read");
		assertThat(get("/actuator/metrics/loopguard.elastic.pending")).contains("VALUE");
		assertThat(get("/actuator/metrics/loopguard.elastic.wait")).contains("VALUE");
	}

	private String get(String path) {
		return this.client.get().uri(path).exchange().expectBody(String.class).returnResult().getResponseBody();
	}

	private static Violation violation(String rule) {
		return violations().stream().filter((it) -> it.rule().equals(rule)).findFirst().orElseThrow();
	}

	private static List<Violation> violations() {
		return Loopguard.instance()
			.ledger()
			.violations()
			.stream()
			.filter((it) -> it.site() != null && it.site().className().startsWith("com.example.stalled."))
			.toList();
	}

}
