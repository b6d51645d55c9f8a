package com.example.mistakes;

import java.time.Duration;

import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks Redis, waits, and reads files on event loops.
 */
@RestController
class StockController {

	private final StringRedisTemplate redis;

	private final ReactiveStringRedisTemplate reactiveRedis;

	private final WebClient client;

	private final Labels labels;

	StockController(StringRedisTemplate redis, ReactiveStringRedisTemplate reactiveRedis, WebClient.Builder client,
			Labels labels) {
		this.redis = redis;
		this.reactiveRedis = reactiveRedis;
		this.client = client.build();
		this.labels = labels;
	}

	@GetMapping("/stock/{article}")
	Mono<String> byRedis(@PathVariable String article) {
		return Mono.fromCallable(() -> this.redis.opsForValue().get(article)).defaultIfEmpty("none");
	}

	@GetMapping("/stock/{article}/sold")
	Mono<String> byReactiveRedis(@PathVariable String article) {
		return this.reactiveRedis.opsForValue().get(article + ":sold").defaultIfEmpty("none");
	}

	@GetMapping("/prices/{article}")
	Mono<String> afterWebClient(@PathVariable String article, ServerWebExchange exchange) {
		return this.client.get()
			.uri("http://localhost:{port}/open/{article}", exchange.getRequest().getLocalAddress().getPort(), article)
			.retrieve()
			.bodyToMono(String.class)
			.map(this::waitALittle);
	}

	@GetMapping(path = "/changes/{article}", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<String>> asEvents(@PathVariable String article) {
		return Flux.range(0, 2)
			.delayElements(Duration.ofMillis(5))
			.map((number) -> ServerSentEvent.builder(this.labels.read(article)).build());
	}

	@GetMapping("/open/{article}")
	String open(@PathVariable String article) {
		return article;
	}

	private String waitALittle(String body) {
		try {
			Thread.sleep(2);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return body;
	}

}
