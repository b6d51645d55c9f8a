package com.example.mistakes;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.test.util.TestSocketUtils;
import redis.embedded.RedisServer;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every mistake is one violation with its route, the method that a person wrote, the call
 * that this method made, and the fix of the library that it called; however the
 * application is packaged, and however its users have logged in.
 */
class MistakesApplicationIT {

	private static final int VISITS = 3;

	private static final String REPOSITORY_FIX = "use Spring Data R2DBC";

	private static final String REDIS = "org.springframework.data.redis.core.ValueOperations.get";

	private static final List<Mistake> MISTAKES = List.of(
			new Mistake("com.example.mistakes.Invoices.findById", "InvoiceController", "byRepository", 1,
					Set.of("GET /invoices/{id}"), REPOSITORY_FIX),
			new Mistake("com.example.mistakes.Invoices.findById", "InvoiceController", "byMethodReference", 2,
					Set.of("GET /invoices/all"), REPOSITORY_FIX),
			new Mistake("com.example.mistakes.Invoices.countByCustomer", "InvoiceController", "byDerivedQuery", 1,
					Set.of("GET /invoices/of/{customer}"), REPOSITORY_FIX),
			new Mistake("org.springframework.jdbc.core.JdbcTemplate.queryForObject", "InvoiceController", "byTemplate",
					1, Set.of("GET /invoices/{id}/total"), "use DatabaseClient"),
			new Mistake("com.example.mistakes.Booking.add", "InvoiceController", "inTransaction", 1,
					Set.of("POST /invoices/{id}/bookings"), REPOSITORY_FIX),
			new Mistake("java.lang.Thread.sleep", "StockController", "waitALittle", 1, Set.of("GET /prices/{article}"),
					"Mono.delay"),
			new Mistake("java.nio.file.Files.readString", "Labels", "read", 3,
					Set.of("GET /changes/{article}", "GET /labels/{article}"), "Files.readString"),
			new Mistake("kotlin.io.FilesKt.readText", "CoroutineController", "atOnce", 1, Set.of("GET /notes/{id}"),
					"Files.readString"));

	private static RedisServer redis;

	@BeforeAll
	static void startRedis() throws IOException {
		redis = RedisServer.newRedisServer().port(TestSocketUtils.findAvailableTcpPort()).build();
		redis.start();
	}

	@AfterAll
	static void stopRedis() throws IOException {
		redis.stop();
	}

	@Test
	@Tag("any-jdk")
	void fromClasses() throws Exception {
		try (LaunchedApplication application = LaunchedApplication.fromClasses(port())) {
			check(application);
		}
	}

	@Test
	void fromAnExecutableJar() throws Exception {
		try (LaunchedApplication application = LaunchedApplication.fromJar(port())) {
			check(application);
		}
	}

	@Test
	@Tag("any-jdk")
	void extracted() throws Exception {
		try (LaunchedApplication application = LaunchedApplication.extracted(port())) {
			check(application);
		}
	}

	private static int port() {
		return redis.ports().get(0);
	}

	private static void check(LaunchedApplication application) throws Exception {
		int port = application.port();
		for (Client client : List.of(Client.withSession(port), Client.withPassword(port))) {
			for (int i = 0; i < VISITS; i++) {
				visitEverything(client);
			}
		}
		List<Map<?, ?>> violations = violations(port);
		for (Mistake mistake : MISTAKES) {
			assertThat(violations).filteredOn(mistake::is).as(mistake.toString()).singleElement().satisfies((it) -> {
				assertThat(it.get("count")).isEqualTo(2 * VISITS * mistake.times());
				assertThat(it.get("route")).isIn(mistake.routes());
				assertThat((String) it.get("fix")).contains(mistake.fix());
			});
		}
		checkRedis(violations);
		checkConnection(violations);
		checkCoroutine(violations, "afterSuspension", "GET /notes/{id}/later");
		checkCoroutine(violations, "awaited", "GET /notes/{id}/awaited");
		assertThat(violations).filteredOn((it) -> "APPLICATION".equals(it.get("origin"))).hasSize(MISTAKES.size() + 3);
		assertThat(violations).extracting((it) -> (String) it.get("api"))
			.noneMatch((api) -> api.startsWith("org.springframework.boot.loader."));
	}

	/**
	 * An answer that is there before somebody waits for it is no violation, so it is not
	 * known how many there are.
	 */
	private static void checkRedis(List<Map<?, ?>> violations) {
		assertThat(violations).filteredOn((it) -> REDIS.equals(it.get("api"))).singleElement().satisfies((it) -> {
			assertThat(method(it)).isEqualTo("byRedis");
			assertThat(it.get("route")).isEqualTo("GET /stock/{article}");
			assertThat((String) it.get("fix")).contains("ReactiveRedisTemplate");
		});
	}

	/**
	 * Spring Data Redis waits for its first connection, in whoever comes first.
	 */
	private static void checkConnection(List<Map<?, ?>> violations) {
		assertThat(violations).filteredOn((it) -> "io.lettuce.core.RedisClient.connect".equals(it.get("api")))
			.singleElement()
			.satisfies((it) -> {
				assertThat(it.get("origin")).isEqualTo("FRAMEWORK");
				assertThat(it.get("count")).isEqualTo(1);
				assertThat(it.get("route")).isEqualTo("GET /stock/{article}/sold");
				assertThat((String) it.get("fix")).contains("setEagerInitialization(true)");
			});
	}

	/**
	 * A coroutine knows its request wherever it goes on, whoever resumes it.
	 */
	private static void checkCoroutine(List<Map<?, ?>> violations, String method, String route) {
		assertThat(violations).filteredOn((it) -> method.equals(method(it))).singleElement().satisfies((it) -> {
			assertThat(it.get("api")).isEqualTo("kotlin.io.FilesKt.readText");
			assertThat(it.get("count")).isEqualTo(2 * VISITS);
			assertThat(it.get("route")).isEqualTo(route);
		});
	}

	private static void visitEverything(Client client) throws IOException {
		client.send("GET", "/invoices/1");
		client.send("GET", "/invoices/of/ada");
		client.send("GET", "/invoices/1/total");
		client.send("POST", "/invoices/1/bookings");
		client.send("GET", "/invoices/all");
		client.send("GET", "/stock/pencil");
		client.send("GET", "/prices/pencil");
		client.send("GET", "/changes/pencil");
		client.send("GET", "/labels/pencil");
		client.send("GET", "/notes/1");
		client.send("GET", "/notes/1/later");
		client.send("GET", "/stock/pencil/sold");
		CompletableFuture<String> awaited = CompletableFuture.supplyAsync(() -> client.get("/notes/1/awaited"));
		client.send("GET", "/notes/1/sent");
		awaited.join();
	}

	private static List<Map<?, ?>> violations(int port) throws IOException {
		Map<?, ?> report = new JsonMapper().readValue(Client.withPassword(port).send("GET", "/actuator/blocking"),
				Map.class);
		assertThat(report.get("status")).isEqualTo("ACTIVE");
		return ((List<?>) report.get("violations")).stream().<Map<?, ?>>map((it) -> (Map<?, ?>) it).toList();
	}

	private static Object method(Map<?, ?> violation) {
		return (violation.get("site") instanceof Map<?, ?> site) ? site.get("methodName") : null;
	}

	/**
	 * What is to be found.
	 *
	 * @param api the call that was made
	 * @param type simple name of the class that made it
	 * @param method its method
	 * @param times how often it blocks when everything is visited
	 * @param routes routes that lead there
	 * @param fix part of the fix
	 */
	private record Mistake(String api, String type, String method, int times, Set<String> routes, String fix) {

		boolean is(Map<?, ?> violation) {
			return this.api.equals(violation.get("api")) && violation.get("site") instanceof Map<?, ?> site
					&& ("com.example.mistakes." + this.type).equals(site.get("className"))
					&& this.method.equals(site.get("methodName"));
		}

	}

}
