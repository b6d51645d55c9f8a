package com.example.offloaded;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.LaneClosedException;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the bridge takes off the event loops, seen by the detector and over HTTP.
 */
class OffloadedTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private static final int ASKERS = 100;

	/**
	 * The client's own: those that it would share with the server end with the context,
	 * and with them answers that it has not read yet.
	 */
	private static final LoopResources CLIENT_LOOPS = LoopResources.create("client", 2, true);

	@Test
	void aHundredAskersForAClassInitialiseItOnceAndTheEndpointIsSilent() {
		try (ConfigurableApplicationContext context = start()) {
			HttpClient client = warm(context);
			StepVerifier.create(Flux.range(0, ASKERS).flatMap((i) -> get(client, "/classes/Tariffs"), ASKERS))
				.expectNextSequence(Collections.nCopies(ASKERS, "200 Tariffs"))
				.expectComplete()
				.verify(SOON);
			assertThat(Initialisations.count()).isOne();
			assertThat(ofTheApplication(client)).isEmpty();
		}
	}

	@Test
	void aCallInsideACallOfALaneWithOneThreadReturnsAndTheEndpointIsSilent() {
		try (ConfigurableApplicationContext context = start()) {
			HttpClient client = warm(context);
			StepVerifier.create(get(client, "/nested")).expectNext("200 outer inner").expectComplete().verify(SOON);
			assertThat(ofTheApplication(client)).isEmpty();
		}
	}

	@Test
	void closingUnderLoadAnswersWhatRunsAndRefusesWhatWaits() {
		ConfigurableApplicationContext context = start();
		BlockingBridge bridge = context.getBean(BlockingBridge.class);
		OffloadedApplication.Routes routes = context.getBean(OffloadedApplication.Routes.class);
		HttpClient client = client(context);
		List<String> answers = new CopyOnWriteArrayList<>();
		Flux.range(0, 20)
			.flatMap((i) -> get(client, "/slow").onErrorResume((ex) -> Mono.just("no answer")), 20)
			.subscribe(answers::add);
		await().atMost(SOON).until(() -> bridge.lane("single").status().active() == 1 && answers.size() == 9);
		assertThat(answers).containsOnly("503 Service Unavailable");
		Mono.fromRunnable(context::close).subscribeOn(Schedulers.boundedElastic()).subscribe();
		await().atMost(SOON).until(OffloadedTests::waitsForRequests);
		routes.release.countDown();
		await().atMost(SOON).until(() -> answers.size() == 20 && !context.isActive());
		assertThat(answers).filteredOn("200 done"::equals).hasSize(11);
		StepVerifier.create(bridge.lane("single").call(() -> "late"))
			.expectError(LaneClosedException.class)
			.verify(SOON);
	}

	/**
	 * Returns whether the server is closed and waits for the requests that it has. Those
	 * that end before it waits may lose their connection.
	 */
	private static boolean waitsForRequests() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.anyMatch((thread) -> thread.getName().equals("netty-shutdown")
					&& EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING).contains(thread.getState()));
	}

	private static ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(OffloadedApplication.class).web(WebApplicationType.REACTIVE)
			.run("--server.port=0", "--management.endpoints.web.exposure.include=*",
					"--loopguard.rules.class-loading.action=observe", "--loopguard.bridge.lanes.single.threads=1",
					"--loopguard.bridge.lanes.single.queue-capacity=10",
					"--spring.lifecycle.timeout-per-shutdown-phase=30s");
	}

	/**
	 * Makes the first requests, for which classes of the application itself are loaded.
	 */
	private static HttpClient warm(ConfigurableApplicationContext context) {
		HttpClient client = client(context);
		StepVerifier.create(get(client, "/classes/Initialisations"))
			.expectNext("200 Initialisations")
			.expectComplete()
			.verify(SOON);
		StepVerifier.create(get(client, "/nested")).expectNextCount(1).expectComplete().verify(SOON);
		Loopguard.instance().ledger().clear();
		return client;
	}

	private static HttpClient client(ConfigurableApplicationContext context) {
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		return HttpClient.create(ConnectionProvider.newConnection()).runOn(CLIENT_LOOPS).port(port);
	}

	private static Mono<String> get(HttpClient client, String path) {
		return client.get()
			.uri(path)
			.responseSingle((response, body) -> body.asString()
				.map((text) -> response.status().code() + " " + (text.startsWith("{") ? message(text) : text)));
	}

	private static String message(String json) {
		return JsonMapper.shared().readTree(json).path("error").asString();
	}

	/**
	 * Returns the violations in the endpoint that are not a framework's.
	 */
	private static List<String> ofTheApplication(HttpClient client) {
		String body = client.get().uri("/actuator/blocking").responseContent().aggregate().asString().block(SOON);
		JsonNode violations = JsonMapper.shared().readTree(body).path("violations");
		return violations.valueStream()
			.filter((violation) -> !violation.path("origin").asString().equals("FRAMEWORK"))
			.map(JsonNode::toString)
			.toList();
	}

}
