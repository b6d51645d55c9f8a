package com.example.annotated;

import java.time.Duration;
import java.util.List;

import com.example.http.TestClients;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;

import io.github.loopguard.Action;
import io.github.loopguard.Violation;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Annotated methods that are called on the event loops of a server, with an action of
 * their own.
 */
@SpringBootTest(classes = AnnotatedApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT, properties = {
		"management.endpoints.web.exposure.include=blocking", "loopguard.rules.marked-blocking.action=log",
		"loopguard.hooks.audit.method=com.example.annotated.Archive#audit", "loopguard.hooks.audit.rule=http-request" })
@DirtiesContext
class AnnotatedServerTests {

	@LocalServerPort
	private int port;

	@BeforeEach
	void forget() {
		Loopguard.instance().ledger().clear();
	}

	@Test
	void callsAreNamedWithTheirRouteAndHaveTheConfiguredAction() {
		await().atMost(Duration.ofSeconds(30)).until(() -> {
			get("/annotated/order");
			return !violations().isEmpty();
		});
		get("/annotated/archive");
		assertThat(violations())
			.extracting(Violation::rule, Violation::api, Violation::route, Violation::action,
					(it) -> it.site().methodName())
			.containsExactlyInAnyOrder(
					tuple("marked-blocking", "com.example.annotated.Orders.find", "GET /annotated/order", Action.LOG,
							"order"),
					tuple("marked-blocking", "com.example.annotated.Archive.read", "GET /annotated/archive", Action.LOG,
							"archived"));
	}

	@Test
	void offloadedCallIsNone() {
		assertThat(get("/annotated/offloaded")).isEqualTo("archive");
		assertThat(violations()).isEmpty();
	}

	@Test
	void whatBlocksInsideIsOneViolation() {
		assertThat(get("/annotated/slow")).isEqualTo("archive");
		assertThat(violations()).extracting(Violation::rule).containsExactly("sleep");
	}

	@Test
	void whatIsOnlyObservedInsideDoesNotHideTheCall() {
		get("/annotated/resource");
		assertThat(violations()).extracting(Violation::rule, Violation::action)
			.containsExactlyInAnyOrder(tuple("resource-loading", Action.OBSERVE), tuple("marked-blocking", Action.LOG));
	}

	@Test
	void methodWithAHookOfTheUserIsOneViolation() {
		get("/annotated/audit");
		assertThat(violations()).extracting(Violation::rule, Violation::api)
			.containsExactly(tuple("http-request", "com.example.annotated.Archive.audit"));
	}

	@Test
	void theEndpointCountsTheHooksAndListsWhatHasNone() {
		get("/annotated/archive");
		String body = get("/actuator/blocking");
		assertThat(body).contains("com.example.annotated.Archive#transfer")
			.contains("because it is marked @org.jetbrains.annotations.Blocking");
		assertThat(Loopguard.instance().liveHooks("marked-blocking")).isPositive();
	}

	private static List<Violation> violations() {
		return Loopguard.instance().ledger().violations();
	}

	private String get(String path) {
		return TestClients.of(this.port)
			.get()
			.uri(path)
			.exchange()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

}
