package com.example.requests;

import java.io.File;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Handlers that wake up each other, so that one blocks where another has its turn.
 */
@RestController
class SharedSources {

	private final File file = new File("absent");

	private final Sinks.Many<String> sink = Sinks.many().multicast().directBestEffort();

	private final Mono<String> cache = Mono.delay(Duration.ofMillis(20))
		.map(String::valueOf)
		.cache(Duration.ofMillis(1));

	private final Queue<MonoSink<String>> batch = new ConcurrentLinkedQueue<>();

	@GetMapping("/waiting/{id}")
	Mono<String> waiting(ServerWebExchange exchange) {
		return this.sink.asFlux().next().timeout(Duration.ofSeconds(20)).map((it) -> blockWaiting(exchange));
	}

	@GetMapping("/hopping/{id}")
	Mono<String> hopping(ServerWebExchange exchange) {
		return this.sink.asFlux().next().publishOn(Schedulers.parallel()).map((it) -> blockHopping(exchange));
	}

	@GetMapping("/emitting/{id}")
	Mono<String> emitting(ServerWebExchange exchange) {
		this.sink.tryEmitNext("now");
		finishBatch();
		return Mono.just(blockEmitting(exchange));
	}

	@GetMapping("/cached/{id}")
	Mono<String> cached(ServerWebExchange exchange) {
		return this.cache.map((it) -> blockCached(exchange));
	}

	@GetMapping("/batched/{id}")
	Mono<String> batched(ServerWebExchange exchange) {
		return Mono.<String>create((one) -> {
			this.batch.add(one);
			if (this.batch.size() >= 5) {
				finishBatch();
			}
		}).map((it) -> blockBatched(exchange));
	}

	private void finishBatch() {
		for (MonoSink<String> next = this.batch.poll(); next != null; next = this.batch.poll()) {
			next.success("batch");
		}
	}

	private String blockWaiting(ServerWebExchange exchange) {
		try (Truth truth = Truth.of("GET /waiting/{id}", exchange)) {
			return truth.route() + this.file.exists();
		}
	}

	private String blockHopping(ServerWebExchange exchange) {
		try (Truth truth = Truth.of("GET /hopping/{id}", exchange)) {
			return truth.route() + this.file.exists();
		}
	}

	private String blockEmitting(ServerWebExchange exchange) {
		try (Truth truth = Truth.of("GET /emitting/{id}", exchange)) {
			return truth.route() + this.file.exists();
		}
	}

	private String blockCached(ServerWebExchange exchange) {
		try (Truth truth = Truth.of("GET /cached/{id}", exchange)) {
			return truth.route() + this.file.exists();
		}
	}

	private String blockBatched(ServerWebExchange exchange) {
		try (Truth truth = Truth.of("GET /batched/{id}", exchange)) {
			return truth.route() + this.file.exists();
		}
	}

}
