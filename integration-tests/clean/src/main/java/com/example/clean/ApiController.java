package com.example.clean;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;

import jakarta.validation.Valid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * JSON, streams, uploads, sessions, calls of others, and errors.
 */
@RestController
class ApiController {

	private static final Logger logger = LoggerFactory.getLogger(ApiController.class);

	private final Orders orders;

	private final WebClient.Builder webClient;

	private final ReactiveWebServerApplicationContext context;

	ApiController(Orders orders, WebClient.Builder webClient, ReactiveWebServerApplicationContext context) {
		this.orders = orders;
		this.webClient = webClient;
		this.context = context;
	}

	@GetMapping("/json")
	Order json() {
		logger.info("An order was asked for");
		return new Order("pencil", new BigDecimal("1.20"), LocalDate.of(2026, 12, 24));
	}

	@PostMapping("/json")
	Mono<Order> json(@Valid @RequestBody Mono<Order> order) {
		return order.doOnNext((it) -> logger.info("Ordered: {}", it.article()));
	}

	@GetMapping(path = "/stream", produces = { MediaType.APPLICATION_NDJSON_VALUE, MediaType.TEXT_EVENT_STREAM_VALUE })
	Flux<Order> stream() {
		return Flux.range(0, 10)
			.delayElements(Duration.ofMillis(2))
			.map((number) -> new Order("pencil " + number, BigDecimal.ONE, LocalDate.EPOCH));
	}

	@GetMapping("/remote")
	Mono<Order> remote() {
		return this.webClient.build()
			.get()
			.uri("http://localhost:" + this.context.getWebServer().getPort() + "/json")
			.retrieve()
			.bodyToMono(Order.class);
	}

	@PostMapping("/upload")
	Mono<Map<String, Object>> upload(@RequestPart("file") FilePart file, @RequestPart("note") String note) {
		return file.content()
			.map((buffer) -> buffer.readableByteCount())
			.reduce(0, Integer::sum)
			.map((size) -> Map.of("name", file.filename(), "note", note, "size", size));
	}

	@GetMapping("/session")
	Map<String, Integer> session(WebSession session) {
		int visits = session.getAttributeOrDefault("visits", 0) + 1;
		session.getAttributes().put("visits", visits);
		return Map.of("visits", visits);
	}

	@GetMapping("/csrf")
	Mono<Map<String, String>> csrf(ServerWebExchange exchange) {
		Mono<CsrfToken> token = exchange.getAttributeOrDefault(CsrfToken.class.getName(), Mono.<CsrfToken>empty());
		return token.map((it) -> Map.of("header", it.getHeaderName(), "token", it.getToken()));
	}

	@GetMapping("/orders")
	Flux<String> orders() {
		return this.orders.articles();
	}

	@PostMapping("/orders")
	Mono<Long> order(@RequestBody Mono<Order> order) {
		return order.flatMap(this.orders::add);
	}

	@GetMapping("/fail")
	Mono<String> fail() {
		return Mono.error(new IllegalStateException("on purpose"));
	}

	/**
	 * The one thing that is wrong, to prove that it would be seen.
	 */
	@GetMapping("/wrong")
	Mono<String> wrong() throws InterruptedException {
		Thread.sleep(2);
		return Mono.just("slept");
	}

}
