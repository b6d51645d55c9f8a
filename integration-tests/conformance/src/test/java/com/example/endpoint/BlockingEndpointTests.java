package com.example.endpoint;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import com.example.http.TestClients;
import com.jayway.jsonpath.JsonPath;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import io.github.loopguard.BlockingViolationListener;
import io.github.loopguard.Violation;
import io.github.loopguard.autoconfigure.BlockingViolationEvent;
import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.LaneTimer;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The endpoint of a real application, over HTTP.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		classes = { BlockingApplication.class, BlockingEndpointTests.Listeners.class },
		properties = { "management.endpoints.web.exposure.include=health,blocking,metrics",
				"spring.application.name=invoices" })
@ExtendWith(OutputCaptureExtension.class)
class BlockingEndpointTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	@Autowired
	private BlockingBridge bridge;

	@LocalServerPort
	private int port;

	private WebTestClient client;

	@BeforeEach
	void connect() {
		Loopguard.instance().ledger().clear();
		Listeners.HEARD.clear();
		Listeners.PUBLISHED.clear();
		this.client = TestClients.of(this.port);
	}

	@Test
	void responseMatchesThePublishedSchema() throws Exception {
		get("/invoices/1");
		get("/invoices/2");
		String json = get("/actuator/blocking");
		JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012)
			.getSchema(Files.readString(Path.of("../../docs/endpoint.schema.json")));
		assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
		assertThat(schema.validate(json.replace("\"schema\":1", "\"schema\":2"), InputFormat.JSON)).isNotEmpty();
	}

	@Test
	void namesRuleSiteRouteAndCount() {
		get("/invoices/1");
		get("/invoices/2");
		this.client.get()
			.uri("/actuator/blocking")
			.exchange()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("ACTIVE")
			.jsonPath("$.application.name")
			.isEqualTo("invoices")
			.jsonPath("$.violations.length()")
			.isEqualTo(1)
			.jsonPath("$.violations[0].rule")
			.isEqualTo("file-read")
			.jsonPath("$.violations[0].api")
			.isEqualTo("java.nio.file.Files.readString")
			.jsonPath("$.violations[0].site.className")
			.isEqualTo("com.example.endpoint.BlockingApplication$Routes")
			.jsonPath("$.violations[0].site.methodName")
			.isEqualTo("invoice")
			.jsonPath("$.violations[0].route")
			.isEqualTo("GET /invoices/{id}")
			.jsonPath("$.violations[0].count")
			.isEqualTo(2)
			.jsonPath("$.violations[0].held.count")
			.isEqualTo(2)
			.jsonPath("$.totals.occurrences")
			.isEqualTo(2);
	}

	@Test
	void everyLinkOfAViolationLeadsSomewhere() {
		get("/invoices/1");
		Violation violation = Loopguard.instance().ledger().violations().get(0);
		assertThat(get(violation.docs())).contains("\"id\":\"file-read\"").contains("bridge.call");
		assertThat(get("/actuator/blocking/" + violation.id())).contains("java.nio.file.Files.readString")
			.contains("BlockingApplication$Routes.invoice");
		this.client.get().uri("/actuator/blocking/000000000000").exchange().expectStatus().isNotFound();
		this.client.get().uri("/actuator/blocking/rules/no-such-rule").exchange().expectStatus().isNotFound();
	}

	@Test
	void deletingIsNotAllowedUnlessAccessIsUnrestricted() {
		this.client.delete().uri("/actuator/blocking").exchange().expectStatus().isEqualTo(405);
	}

	@Test
	void tellsListenersAndPublishesAnEventOnce() {
		get("/invoices/1");
		get("/invoices/1");
		await().atMost(SOON).untilAsserted(() -> assertThat(Listeners.PUBLISHED).isNotEmpty());
		assertThat(Listeners.HEARD).hasSize(1);
		assertThat(Listeners.PUBLISHED).hasSize(1);
		assertThat(Listeners.HEARD.peek().thread()).isEqualTo("loopguard-listeners");
	}

	@Test
	void speaksOfACallThatDoesNotReturnAfterASecond(CapturedOutput output) {
		Thread stuck = new Thread(() -> get("/stuck"));
		stuck.start();
		try {
			await().atMost(SOON)
				.untilAsserted(
						() -> assertThat(output).contains("java.util.concurrent.CountDownLatch.await [thread-park]")
							.contains("still blocking after"));
		}
		finally {
			BlockingApplication.RELEASE.countDown();
		}
		await().atMost(SOON).until(() -> !stuck.isAlive());
		assertThat(Loopguard.instance().ledger().violations()).singleElement()
			.satisfies((violation) -> assertThat(violation.held().max()).isGreaterThan(Duration.ofMillis(900)));
	}

	@Test
	void logsAWaitOnceItTakesLongEnough(CapturedOutput output) {
		await().atMost(SOON).until(this::waitsShortly);
		Instant firstSeen = Loopguard.instance().ledger().violations().get(0).firstSeen();
		assertThat(action()).isEqualTo("OBSERVE");
		get("/wait/20000");
		assertThat(action()).isEqualTo("LOG");
		get("/wait/20000");
		get("/wait/500");
		await().atMost(SOON).untilAsserted(() -> assertThat(heardOf(firstSeen)).isPositive());
		assertThat(heardOf(firstSeen)).isOne();
		assertThat(output).contains("BlockingApplication$Routes.waiting(");
	}

	/**
	 * Makes a short wait, whose violation replaces that of one that took too long and may
	 * have been told.
	 */

	private boolean waitsShortly() {
		Loopguard.instance().ledger().clear();
		get("/wait/500");
		return Loopguard.instance()
			.ledger()
			.violations()
			.stream()
			.anyMatch((violation) -> violation.held().max().compareTo(Duration.ofMillis(1)) < 0);
	}

	private static long heardOf(Instant firstSeen) {
		return Listeners.HEARD.stream().filter((heard) -> heard.violation().firstSeen().equals(firstSeen)).count();
	}

	private String action() {
		return JsonPath.read(get("/actuator/blocking"), "$.violations[0].action");
	}

	@Test
	void bridgeRunsOffTheLoop() {
		assertThat(get("/bridged")).startsWith("boundedElastic-");
		assertThat(Loopguard.instance().ledger().violations()).isEmpty();
	}

	@Test
	void whatDoesNotWorkInALaneIsInTheStatusUntilItWorksAgain() {
		AtomicBoolean failing = new AtomicBoolean(true);
		this.bridge.measure("cpu", new LaneTimer() {

			@Override
			public void waited(long nanos) {
			}

			@Override
			public void ran(long nanos) {
				if (failing.get()) {
					throw new InternalError("meter");
				}
			}

		});
		assertThat(this.bridge.cpu(() -> 1).block(SOON)).isOne();
		String report = get("/actuator/blocking");
		assertThat(JsonPath.<String>read(report, "$.status")).isEqualTo("DEGRADED");
		assertThat(report)
			.contains("the time that calls run is not measured because of java.lang.InternalError: meter");
		failing.set(false);
		assertThat(this.bridge.cpu(() -> 2).block(SOON)).isEqualTo(2);
		assertThat(JsonPath.<String>read(get("/actuator/blocking"), "$.status")).isEqualTo("ACTIVE");
	}

	@Test
	void scriptsGetJson() {
		this.client.get()
			.uri(URI.create("http://localhost:" + this.port + "/actuator/blocking"))
			.accept(MediaType.ALL)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(Map.class)
			.value((body) -> assertThat(body).containsKeys("schema", "detectors"));
	}

	private String get(String path) {
		return new String(this.client.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBodyContent());
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Listeners {

		static final Queue<Heard> HEARD = new ConcurrentLinkedQueue<>();

		static final Queue<Violation> PUBLISHED = new ConcurrentLinkedQueue<>();

		@Bean
		BlockingViolationListener recordingListener() {
			return (violation) -> HEARD.add(new Heard(violation, Thread.currentThread().getName()));
		}

		@EventListener
		void violationPublished(BlockingViolationEvent event) {
			PUBLISHED.add(event.getViolation());
		}

		record Heard(Violation violation, String thread) {
		}

	}

}
