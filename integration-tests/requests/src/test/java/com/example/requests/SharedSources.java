package com.example.requests;

import java.io.File;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.CompletableDeferred;
import kotlinx.coroutines.CompletableDeferredKt;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.reactor.MonoKt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
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

	private final Flux<String> source = Mono.delay(Duration.ofMillis(20))
		.map((tick) -> blockForSeveral())
		.flux()
		.publish()
		.refCount(2);

	private volatile CompletableDeferred<String> deferred = CompletableDeferredKt.CompletableDeferred(null);

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
		resumeCoroutines();
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

	/**
	 * Blocks in a coroutine that another request resumes.
	 */
	@GetMapping("/unconfined/{id}")
	Mono<String> unconfined(ServerWebExchange exchange) {
		CompletableDeferred<String> waiting = this.deferred;
		return MonoKt.<String>mono(Dispatchers.getUnconfined(),
				(scope, continuation) -> waiting.await(Dispatchers.getUnconfined()
					.interceptContinuation(new Then(continuation, () -> blockUnconfined(exchange)))));
	}

	/**
	 * Has a source that begins when two requests have subscribed.
	 */
	@GetMapping("/several/{id}")
	Mono<String> several() {
		return this.source.next();
	}

	/**
	 * Has a source of its own that could have several subscribers.
	 */
	@GetMapping("/single/{id}")
	Mono<String> single(ServerWebExchange exchange) {
		return Mono.delay(Duration.ofMillis(2)).map((tick) -> blockSingle(exchange)).cache();
	}

	/**
	 * Resumes them when this coroutine is over, in the loop of unconfined ones.
	 */
	private void resumeCoroutines() {
		CompletableDeferred<String> waiting = this.deferred;
		this.deferred = CompletableDeferredKt.CompletableDeferred(null);
		MonoKt.<Boolean>mono(Dispatchers.getUnconfined(), (scope, continuation) -> waiting.complete("now")).subscribe();
	}

	private void finishBatch() {
		for (MonoSink<String> next = this.batch.poll(); next != null; next = this.batch.poll()) {
			next.success("batch");
		}
	}

	private String blockForSeveral() {
		try (Truth truth = Truth.ofSeveral()) {
			return truth.route() + this.file.exists();
		}
	}

	private String blockSingle(ServerWebExchange exchange) {
		try (Truth truth = Truth.of("GET /single/{id}", exchange)) {
			return truth.route() + this.file.exists();
		}
	}

	private String blockUnconfined(ServerWebExchange exchange) {
		try (Truth truth = Truth.of("GET /unconfined/{id}", exchange)) {
			return truth.route() + this.file.exists();
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

	/**
	 * What a coroutine does when it is resumed.
	 *
	 * @param coroutine goes on afterwards
	 * @param action is run before
	 */
	private record Then(Continuation<? super String> coroutine, Runnable action) implements Continuation<String> {

		@Override
		public CoroutineContext getContext() {
			return this.coroutine.getContext();
		}

		@Override
		public void resumeWith(Object result) {
			this.action.run();
			this.coroutine.resumeWith(result);
		}

	}

}
