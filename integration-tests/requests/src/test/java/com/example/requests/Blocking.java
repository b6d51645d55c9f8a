package com.example.requests;

import java.io.File;
import java.time.Duration;

import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Handlers that block in four ways each, on an event loop if they are called with the
 * cookie of a session. Each says itself which request it handles.
 */
@RestController
class Blocking {

	private final Accounts accounts;

	private final JdbcTemplate jdbc;

	private final WebClient client;

	private final Environment environment;

	private final File file = new File("absent");

	Blocking(Accounts accounts, JdbcTemplate jdbc, WebClient.Builder client, Environment environment) {
		this.accounts = accounts;
		this.jdbc = jdbc;
		this.client = client.build();
		this.environment = environment;
	}

	@GetMapping("/open/echo")
	Mono<String> echo(ServerWebExchange exchange) {
		return Mono.just("echo").delayElement(Duration.ofMillis(1));
	}

	private Mono<String> echo() {
		return this.client.get()
			.uri("http://localhost:" + this.environment.getRequiredProperty("local.server.port") + "/open/echo")
			.retrieve()
			.bodyToMono(String.class);
	}

	Mono<ServerResponse> functional(ServerWebExchange exchange) {
		return ServerResponse.ok().bodyValue(blockFunctional(exchange));
	}

	private String blockFunctional(ServerWebExchange exchange) {
		try (Truth truth = Truth.of("GET /functional/{id}", exchange)) {
			return truth.route() + this.accounts.count() + this.file.exists() + this.file.list()
					+ this.jdbc.queryForList("select 1");
		}
	}

	@GetMapping("/open/first/{id}")
	Mono<String> first(ServerWebExchange exchange) {
		return Mono.just(blockFirst(exchange));
	}

	private String blockFirst(ServerWebExchange exchange) {
		try (Truth truth = Truth.of("GET /open/first/{id}", exchange)) {
			return truth.route() + this.accounts.count() + this.file.exists() + this.file.list()
					+ this.jdbc.queryForList("select 1");
		}
	}

	@GetMapping("/plain/{id}")
	Mono<String> plain(ServerWebExchange exchange) {
		return Mono.just(blockPlain(exchange));
	}

	private String blockPlain(ServerWebExchange exchange) {
		try (Truth truth = Truth.of("GET /plain/{id}", exchange)) {
			return truth.route() + this.accounts.count() + this.file.exists() + this.file.list()
					+ this.jdbc.queryForList("select 1");
		}
	}

	@PostMapping("/body")
	Mono<String> body(@RequestBody Mono<String> body, ServerWebExchange exchange) {
		return body.map((it) -> blockBody(exchange));
	}

	private String blockBody(ServerWebExchange exchange) {
		try (Truth truth = Truth.of("POST /body", exchange)) {
			return truth.route() + this.accounts.count() + this.file.exists() + this.file.list()
					+ this.jdbc.queryForList("select 1");
		}
	}

	@PostMapping("/argument/{id}")
	Mono<String> argument(@RequestBody String body, ServerWebExchange exchange) {
		return Mono.just(blockArgument(exchange));
	}

	private String blockArgument(ServerWebExchange exchange) {
		try (Truth truth = Truth.of("POST /argument/{id}", exchange)) {
			return truth.route() + this.accounts.count() + this.file.exists() + this.file.list()
					+ this.jdbc.queryForList("select 1");
		}
	}

	@GetMapping("/delayed/{id}")
	Mono<String> delayed(ServerWebExchange exchange) {
		return Mono.delay(Duration.ofMillis(5)).map((tick) -> blockDelayed(exchange));
	}

	private String blockDelayed(ServerWebExchange exchange) {
		try (Truth truth = Truth.of("GET /delayed/{id}", exchange)) {
			return truth.route() + this.accounts.count() + this.file.exists() + this.file.list()
					+ this.jdbc.queryForList("select 1");
		}
	}

	@GetMapping("/element/{id}")
	Mono<String> element(ServerWebExchange exchange) {
		return Mono.just(1).delayElement(Duration.ofMillis(5)).map((it) -> blockElement(exchange));
	}

	private String blockElement(ServerWebExchange exchange) {
		try (Truth truth = Truth.of("GET /element/{id}", exchange)) {
			return truth.route() + this.accounts.count() + this.file.exists() + this.file.list()
					+ this.jdbc.queryForList("select 1");
		}
	}

	@GetMapping("/subscribed/{id}")
	Mono<String> subscribed(ServerWebExchange exchange) {
		return Mono.fromCallable(() -> blockSubscribed(exchange)).subscribeOn(Schedulers.parallel());
	}

	private String blockSubscribed(ServerWebExchange exchange) {
		try (Truth truth = Truth.of("GET /subscribed/{id}", exchange)) {
			return truth.route() + this.accounts.count() + this.file.exists() + this.file.list()
					+ this.jdbc.queryForList("select 1");
		}
	}

	@GetMapping("/published/{id}")
	Mono<String> published(ServerWebExchange exchange) {
		return Mono.just(1).publishOn(Schedulers.parallel()).map((it) -> blockPublished(exchange));
	}

	private String blockPublished(ServerWebExchange exchange) {
		try (Truth truth = Truth.of("GET /published/{id}", exchange)) {
			return truth.route() + this.accounts.count() + this.file.exists() + this.file.list()
					+ this.jdbc.queryForList("select 1");
		}
	}

	@GetMapping("/called/{id}")
	Mono<String> called(ServerWebExchange exchange) {
		return echo().map((it) -> blockCalled(exchange));
	}

	private String blockCalled(ServerWebExchange exchange) {
		try (Truth truth = Truth.of("GET /called/{id}", exchange)) {
			return truth.route() + this.accounts.count() + this.file.exists() + this.file.list()
					+ this.jdbc.queryForList("select 1");
		}
	}

	@GetMapping("/zipped/{id}")
	Mono<String> zipped(ServerWebExchange exchange) {
		return Mono.zip(echo(), Mono.delay(Duration.ofMillis(2))).flatMap((it) -> Mono.just(blockZipped(exchange)));
	}

	private String blockZipped(ServerWebExchange exchange) {
		try (Truth truth = Truth.of("GET /zipped/{id}", exchange)) {
			return truth.route() + this.accounts.count() + this.file.exists() + this.file.list()
					+ this.jdbc.queryForList("select 1");
		}
	}

	@GetMapping("/streamed/{id}")
	Flux<String> streamed(ServerWebExchange exchange) {
		return Flux.range(1, 600).map((it) -> (it == 500) ? blockStreamed(exchange) : ".");
	}

	private String blockStreamed(ServerWebExchange exchange) {
		try (Truth truth = Truth.of("GET /streamed/{id}", exchange)) {
			return truth.route() + this.accounts.count() + this.file.exists() + this.file.list()
					+ this.jdbc.queryForList("select 1");
		}
	}

}
