package com.example.requests;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.github.loopguard.Site;
import io.github.loopguard.Violation;
import io.github.loopguard.detect.RequestSource.Request;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every blocking call behind Spring Security names its request.
 */
abstract class RequestTests {

	private static final List<String> ROUTES = List.of("GET /open/first/{id}", "GET /plain/{id}", "POST /body",
			"POST /argument/{id}", "GET /delayed/{id}", "GET /element/{id}", "GET /subscribed/{id}",
			"GET /published/{id}", "GET /called/{id}", "GET /zipped/{id}", "GET /streamed/{id}",
			"GET /functional/{id}");

	private static final List<String> ANSWERED_ON_THE_EVENT_LOOP = List.of("GET /open/first/{id}", "GET /plain/{id}",
			"POST /body", "POST /argument/{id}", "GET /streamed/{id}", "GET /functional/{id}");

	private static final List<String> SHARED = List.of("GET /waiting/{id}", "GET /hopping/{id}", "GET /cached/{id}",
			"GET /batched/{id}", "GET /unconfined/{id}");

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final List<String> exact;

	private final AtomicLong traces = new AtomicLong(1);

	private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();

	@LocalServerPort
	private int port;

	@Autowired
	private Spans spans;

	@Autowired
	private MeterRegistry meters;

	/**
	 * Creates the tests.
	 * @param exact routes whose request is known behind a source that they share
	 */
	RequestTests(String... exact) {
		this.exact = List.of(exact);
	}

	@BeforeEach
	void listen() {
		Loopguard.instance().ledger().clear();
		Loopguard.instance().occurrenceListener((counter, request) -> {
			Truth truth = Truth.current();
			if (truth != null) {
				this.seen.add(new Seen(truth, request.current()));
			}
			return null;
		});
	}

	@AfterEach
	void stopListening() {
		Loopguard.instance().occurrenceListener(null);
	}

	@Test
	void sharedSourcesNameNoOtherRequest() throws Exception {
		String cookie = logIn();
		List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			waiting.add(send(SHARED.get(i % SHARED.size()), "Cookie", cookie));
		}
		for (CompletableFuture<HttpResponse<String>> response : waiting) {
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
				get(send("GET /emitting/{id}", "Cookie", cookie));
				return response.isDone();
			});
			get(response);
		}
		assertThat(this.seen).extracting((it) -> it.truth().route()).contains("GET /emitting/{id}").containsAll(SHARED);
		assertThat(this.seen).filteredOn((it) -> !it.isRight(false)).isEmpty();
		assertThat(this.seen).filteredOn((it) -> this.exact.contains(it.truth().route()))
			.filteredOn((it) -> !it.isRight(true))
			.isEmpty();
	}

	@Test
	void sourceOfSeveralRequestsNamesNone() throws Exception {
		String cookie = logIn();
		List<CompletableFuture<HttpResponse<String>>> responses = List.of(send("GET /several/{id}", "Cookie", cookie),
				send("GET /several/{id}", "Cookie", cookie));
		for (CompletableFuture<HttpResponse<String>> response : responses) {
			get(response);
		}
		assertThat(this.seen).extracting((it) -> it.truth().route()).containsExactly("several");
		assertThat(this.seen).extracting(Seen::found).containsOnly(Request.NONE);
	}

	@Test
	void sourceOfOneRequestNamesIt() throws Exception {
		get(send("GET /single/{id}", "Cookie", logIn()));
		assertThat(this.seen).extracting((it) -> it.truth().route()).containsExactly("GET /single/{id}");
		assertThat(this.seen).filteredOn((it) -> !it.isRight(true)).isEmpty();
	}

	@Test
	void whatIsLoadedAtTheFirstRunIsNoViolation() throws Exception {
		String cookie = logIn();
		for (String route : ROUTES) {
			get(send(route, "Cookie", cookie));
		}
		assertThat(Loopguard.instance().ledger().violations()).isNotEmpty()
			.filteredOn((it) -> it.rule().equals("class-loading"))
			.extracting(Violation::api)
			.allMatch((api) -> api.equals("java.util.Iterator.hasNext") || api.startsWith("java.util.ServiceLoader"));
		assertThat(Loopguard.instance().ledger().totals().coldStart()).isPositive();
		assertThat(Loopguard.instance().ledger().coldStarts()).isNotEmpty();
	}

	@Test
	void everyViolationOfASessionHasItsRoute() throws Exception {
		String cookie = logIn();
		for (String route : ROUTES) {
			get(send(route, "Cookie", cookie));
		}
		List<Violation> violations = Loopguard.instance()
			.ledger()
			.violations()
			.stream()
			.filter((it) -> it.site() != null && it.site().className().equals(Blocking.class.getName()))
			.toList();
		assertThat(violations).hasSizeGreaterThanOrEqualTo(4 * ROUTES.size())
			.allSatisfy((it) -> assertThat(it.route()).as(it.key().toString()).isEqualTo(routeOf(it.site())));
		assertThat(violations).allSatisfy((it) -> assertThat(it.traceId()).as(it.key().toString()).isNotNull());
		assertThat(this.seen).filteredOn((it) -> !it.isRight(true)).isEmpty();
	}

	@Test
	void basicAuthenticationLeavesTheRoute() throws Exception {
		String credentials = "Basic " + Base64.getEncoder().encodeToString("ada:secret".getBytes());
		for (String route : ROUTES) {
			get(send(route, "Authorization", credentials));
		}
		assertThat(this.seen).isNotEmpty().filteredOn((it) -> !it.isRight(true)).isEmpty();
	}

	@Test
	void requestsOnOneConnectionKeepTheirRoutes() throws Exception {
		String cookie = logIn();
		for (int round = 0; round < 5; round++) {
			for (String route : ANSWERED_ON_THE_EVENT_LOOP) {
				get(this.client.sendAsync(request(route, "Cookie", cookie).build(), BodyHandlers.ofString()));
			}
		}
		assertThat(this.seen).hasSizeGreaterThan(100).filteredOn((it) -> !it.isRight(true)).isEmpty();
	}

	@Test
	void interleavedRequestsKeepTheirRoutes() throws Exception {
		String cookie = logIn();
		for (int round = 0; round < 5; round++) {
			List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				responses.add(send(ROUTES.get(i % ROUTES.size()), "Cookie", cookie));
			}
			for (CompletableFuture<HttpResponse<String>> response : responses) {
				get(response);
			}
		}
		assertThat(this.seen).hasSizeGreaterThan(1000).filteredOn((it) -> !it.isRight(true)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "slow", "slow-later" })
	void observationOfARequestTellsWhatBlocked(String path) throws Exception {
		String trace = "00000000000000aa" + HexFormat.of().toHexDigits((long) path.hashCode());
		HttpRequest request = onConnectionOfItsOwn(
				HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/open/" + path + "/7")))
			.header("traceparent", "00-" + trace + "-00000000000000a1-01")
			.build();
		assertThat(this.client.send(request, BodyHandlers.ofString()).body()).isEqualTo("slept");
		Violation violation = Loopguard.instance()
			.ledger()
			.violations()
			.stream()
			.filter((it) -> it.site() != null && it.site().className().equals(Slow.class.getName()))
			.findFirst()
			.orElseThrow();
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.spans.events(trace)).singleElement()
				.asString()
				.startsWith("java.lang.Thread.sleep [sleep] held the event loop for ")
				.endsWith(" ms, violation " + violation.key().id()));
		assertThat(this.meters.get("http.server.requests.loopguard.violation")
			.tag("uri", "/open/" + path + "/{id}")
			.tag("status", "200")
			.counter()
			.count()).isPositive();
	}

	private static String routeOf(Site site) {
		String shape = Objects.requireNonNull(site.methodName()).substring("block".length()).toLowerCase(Locale.ROOT);
		return ROUTES.stream().filter((route) -> route.contains("/" + shape)).findFirst().orElseThrow();
	}

	private String logIn() throws Exception {
		HttpRequest login = onConnectionOfItsOwn(
				HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/login")))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString("username=ada&password=secret"))
			.build();
		HttpResponse<String> response = this.client.send(login, BodyHandlers.ofString());
		return response.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
	}

	private CompletableFuture<HttpResponse<String>> send(String route, String header, String value) {
		HttpRequest request = onConnectionOfItsOwn(request(route, header, value)).build();
		return this.client.sendAsync(request, BodyHandlers.ofString());
	}

	/**
	 * Before version 1.3.8, Reactor Netty may never read from a connection again on which
	 * a request has come while the answer before it, by a thread other than the event
	 * loop, was being finished (reactor/reactor-netty#4361).
	 */
	private static HttpRequest.Builder onConnectionOfItsOwn(HttpRequest.Builder request) {
		return request.header("Connection", "close");
	}

	private HttpRequest.Builder request(String route, String header, String value) {
		String[] parts = route.split(" ");
		String trace = HexFormat.of().toHexDigits(0x10aded00L)
				+ HexFormat.of().toHexDigits(this.traces.getAndIncrement());
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + this.port + parts[1].replace("{id}", "7")))
			.timeout(Duration.ofSeconds(30))
			.header(header, value)
			.header("X-Forwarded-Host", "shop.example")
			.header("traceparent", "00-" + trace + "-00000000000000a1-01");
		return request.method(parts[0],
				parts[0].equals("POST") ? BodyPublishers.ofString("text") : BodyPublishers.noBody());
	}

	String get(String path) throws Exception {
		HttpRequest request = onConnectionOfItsOwn(
				HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path)))
			.build();
		return this.client.send(request, BodyHandlers.ofString()).body();
	}

	private static void get(CompletableFuture<HttpResponse<String>> response) throws Exception {
		assertThat(response.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
	}

	/**
	 * What a blocking call was found to belong to.
	 *
	 * @param truth what its handler says
	 * @param found what Loopguard says
	 */
	private record Seen(Truth truth, Request found) {

		/**
		 * Returns whether it belongs to what its handler says.
		 * @param exact whether to be unknown is wrong
		 */
		boolean isRight(boolean exact) {
			Request right = new Request(this.truth.route(), this.truth.traceId());
			return this.found.equals(right) || (!exact && this.found.equals(Request.NONE));
		}

	}

}
