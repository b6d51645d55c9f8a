package com.example.driver;

import java.io.IOException;
import java.util.UUID;

import com.example.approach.BlockingStore;
import com.example.approach.CounterClient;
import com.example.approach.StoreClient;
import io.lettuce.core.api.StatefulRedisConnection;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Calls the drivers, many at a time.
 */
@RestController
class DriverController {

	private static final int CALLS = 20;

	private final DatabaseClient database;

	private final StatefulRedisConnection<String, String> redis;

	private final Messages messages;

	private final CounterClient counters;

	private final StoreClient store;

	private final int redisPort;

	DriverController(DatabaseClient database, StatefulRedisConnection<String, String> redis, Messages messages,
			CounterClient counters, StoreClient store, @Value("${redis.port}") int redisPort) {
		this.database = database;
		this.redis = redis;
		this.messages = messages;
		this.counters = counters;
		this.store = store;
		this.redisPort = redisPort;
	}

	@GetMapping("/postgres")
	Mono<Long> postgres() {
		return Flux.range(0, CALLS)
			.flatMap((number) -> this.database.sql("select count(*) as n, pg_sleep(0.005) from generate_series(1, :n)")
				.bind("n", number)
				.map((row) -> row.get("n", Long.class))
				.one())
			.reduce(0L, Long::sum);
	}

	@GetMapping("/lettuce")
	Mono<Long> lettuce() {
		return Flux.range(0, CALLS)
			.flatMap((number) -> this.redis.reactive()
				.set("n" + number, "1")
				.then(this.redis.reactive().get("n" + number)))
			.count();
	}

	@GetMapping("/kafka")
	Mono<Long> kafka() {
		return this.messages.sendAndReceive(UUID.randomUUID().toString(), CALLS).count();
	}

	@GetMapping("/blocking-kafka")
	Mono<Boolean> blockingKafka() throws Exception {
		try (Producer<String, String> producer = this.messages.coldProducer()) {
			return Mono.just(producer.send(Messages.message("nobody", "hello")).get().hasOffset());
		}
	}

	@GetMapping("/counter")
	Mono<Long> counter() {
		return Flux.range(0, CALLS).flatMap((number) -> this.counters.increment("visits")).count();
	}

	@GetMapping("/store")
	Mono<String> store() {
		return this.store.get("greeting");
	}

	@GetMapping("/blocking-store")
	Mono<String> blockingStore() throws IOException {
		try (BlockingStore store = new BlockingStore("localhost", this.redisPort)) {
			return Mono.just(store.get("greeting"));
		}
	}

}
