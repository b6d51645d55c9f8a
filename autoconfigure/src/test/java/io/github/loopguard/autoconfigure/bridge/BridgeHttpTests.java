package io.github.loopguard.autoconfigure.bridge;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.LaneStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A full lane, seen over HTTP.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "loopguard.bridge.lanes.reports.threads=2", "loopguard.bridge.lanes.reports.queue-capacity=10",
				"management.metrics.distribution.slo.loopguard.bridge.run.time=1ms,1s",
				"management.endpoints.web.exposure.include=blocking" })
class BridgeHttpTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private static final int CALLS = 200;

	private static final Map<String, String> METERS_BY_FIELD = Map.ofEntries(Map.entry("active", "active"),
			Map.entry("maxThreads", "threads.max"), Map.entry("queued", "queued"),
			Map.entry("queueCapacity", "queue.capacity"), Map.entry("open", "open"),
			Map.entry("lingering", "lingering"), Map.entry("submitted", "submitted"), Map.entry("rejected", "rejected"),
			Map.entry("inPlace", "in.place"), Map.entry("completed", "completed"), Map.entry("failed", "failed"),
			Map.entry("cancelled", "cancelled"), Map.entry("timedOut", "timed.out"),
			Map.entry("abandoned", "abandoned"));

	@Autowired
	private BlockingBridge bridge;

	@Autowired
	private MeterRegistry meters;

	@Autowired
	private Shop shop;

	@LocalServerPort
	private int port;

	@Test
	void ofTwoHundredCallsTwelveAreAnsweredAndTheOthersReceive503() {
		HttpClient client = HttpClient.newConnection().port(this.port);
		List<String> answers = new CopyOnWriteArrayList<>();
		Flux.range(0, CALLS).flatMap((i) -> get(client, "/report"), CALLS).subscribe(answers::add);
		Awaitility.await().atMost(SOON).until(() -> answers.size() == CALLS - 12);
		assertThat(answers).allSatisfy((answer) -> assertThat(answer).matches("503 retry after [1-9][0-9]*"));
		LaneStatus full = this.bridge.lane("reports").status();
		assertThat(full.active()).isEqualTo(2);
		assertThat(full.queued()).isEqualTo(10);
		assertThat(meter("reports", "active")).isEqualTo(2);
		assertThat(meter("reports", "queued")).isEqualTo(10);
		StepVerifier.create(get(client, "/ping")).expectNext("200 retry after null").expectComplete().verify(SOON);
		this.shop.release.countDown();
		Awaitility.await().atMost(SOON).until(() -> answers.size() == CALLS);
		assertThat(answers).filteredOn("200 retry after null"::equals).hasSize(12);
		LaneStatus status = this.bridge.lane("reports").status();
		assertThat(status.submitted()).isEqualTo(CALLS);
		assertThat(status.rejected()).isEqualTo(CALLS - 12);
		assertThat(this.meters.get("loopguard.bridge.rejected").tag("lane", "reports").functionCounter().count())
			.isEqualTo(CALLS - 12);
		assertThat(this.meters.get("loopguard.bridge.run.time").tag("lane", "reports").timer().count()).isEqualTo(12);
		assertThat(this.meters.find("loopguard.bridge.active").tag("lane", "default").gauge()).isNotNull();
	}

	@Test
	void theEndpointShowsTheNumbersOfTheMeters() {
		StepVerifier.create(this.bridge.call(() -> 1).then(this.bridge.run(() -> {
			throw new IOException("expected");
		})).onErrorResume(IOException.class, (ex) -> this.bridge.cpu(() -> this.bridge.cpu(() -> 2).block()).then()))
			.expectComplete()
			.verify(SOON);
		String body = HttpClient.newConnection()
			.port(this.port)
			.get()
			.uri("/actuator/blocking")
			.responseContent()
			.aggregate()
			.asString()
			.block(SOON);
		JsonNode lanes = JsonMapper.shared().readTree(body).path("lanes");
		assertThat(lanes.valueStream().map((lane) -> lane.path("name").asString())).contains("cpu", "default",
				"reports");
		lanes.forEach(this::assertSameAsMeters);
		assertThat(meter("default", "completed")).isPositive();
		assertThat(meter("default", "failed")).isPositive();
		assertThat(meter("cpu", "in.place")).isPositive();
	}

	private void assertSameAsMeters(JsonNode lane) {
		String name = lane.path("name").asString();
		METERS_BY_FIELD.forEach((field, meter) -> assertThat(meter(name, meter)).as(meter + " of " + name)
			.isEqualTo(lane.path(field).asDouble(Double.NaN)));
		assertThat(meter(name, "queue.time")).isEqualTo(lane.at("/queueTime/count").asDouble(Double.NaN));
		assertThat(meter(name, "run.time")).isEqualTo(lane.at("/runTime/count").asDouble(Double.NaN));
	}

	private double meter(String lane, String name) {
		return this.meters.get("loopguard.bridge." + name)
			.tag("lane", lane)
			.meter()
			.measure()
			.iterator()
			.next()
			.getValue();
	}

	@Test
	void theTimesHaveAHistogramWhereOneIsConfigured() {
		long before = this.meters.get("loopguard.bridge.run.time").tag("lane", "cpu").timer().count();
		StepVerifier.create(this.bridge.cpu(() -> 1)).expectNext(1).expectComplete().verify(SOON);
		Awaitility.await().untilAsserted(() -> {
			Timer runTime = this.meters.get("loopguard.bridge.run.time").tag("lane", "cpu").timer();
			assertThat(runTime.count()).isEqualTo(before + 1);
			assertThat(runTime.takeSnapshot().histogramCounts()).hasSize(2);
			assertThat(runTime.takeSnapshot().histogramCounts()[1].count()).isPositive();
		});
		assertThat(this.meters.get("loopguard.bridge.queue.time")
			.tag("lane", "cpu")
			.timer()
			.takeSnapshot()
			.histogramCounts()).isEmpty();
	}

	@Test
	void aLaneThatIsDefinedAgainKeepsItsTimers() {
		this.bridge.define(LaneSpec.named("twice"));
		this.bridge.define(LaneSpec.named("twice"));
		StepVerifier.create(this.bridge.lane("twice").call(() -> 1)).expectNext(1).expectComplete().verify(SOON);
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(this.meters.get("loopguard.bridge.run.time").tag("lane", "twice").timer().count())
						.isEqualTo(1));
	}

	@Test
	void aLaneDefinedLaterHasMetersToo() {
		this.bridge.define(LaneSpec.named("later").withThreads(3));
		assertThat(this.meters.get("loopguard.bridge.threads.max").tag("lane", "later").gauge().value()).isEqualTo(3);
	}

	private static Mono<String> get(HttpClient client, String path) {
		return client.get()
			.uri(path)
			.responseSingle((response, body) -> Mono
				.just(response.status().code() + " retry after " + response.responseHeaders().get("Retry-After")));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Shop.class)
	static class Application {

	}

	@RestController
	static class Shop {

		private final CountDownLatch release = new CountDownLatch(1);

		private final BlockingBridge bridge;

		Shop(BlockingBridge bridge) {
			this.bridge = bridge;
		}

		@GetMapping("/report")
		Mono<String> report() {
			return this.bridge.lane("reports").call(() -> {
				this.release.await();
				return "report";
			});
		}

		@GetMapping("/ping")
		String ping() {
			return "pong";
		}

	}

}
