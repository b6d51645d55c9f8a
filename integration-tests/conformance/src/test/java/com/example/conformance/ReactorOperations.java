package com.example.conformance;

import java.time.Duration;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Waits for publishers. Reactor refuses that on its own threads; it is reported all the
 * same.
 */
@Component
class ReactorOperations implements Operations {

	private final Mono<String> mono = Mono.just("value").hide();

	private final Flux<Integer> flux = Flux.range(1, 5);

	@Blocks(rule = "reactive-block", api = "reactor.core.publisher.Mono.block", throwing = IllegalStateException.class)
	void monoBlock() {
		this.mono.block();
	}

	@Blocks(rule = "reactive-block", api = "reactor.core.publisher.Mono.block", throwing = IllegalStateException.class)
	void monoBlockInTime() {
		this.mono.block(Duration.ofSeconds(20));
	}

	@Blocks(rule = "reactive-block", api = "reactor.core.publisher.Mono.blockOptional",
			throwing = IllegalStateException.class)
	void monoBlockOptional() {
		this.mono.blockOptional();
	}

	@Blocks(rule = "reactive-block", api = "reactor.core.publisher.Flux.blockFirst",
			throwing = IllegalStateException.class)
	void fluxBlockFirst() {
		this.flux.blockFirst();
	}

	@Blocks(rule = "reactive-block", api = "reactor.core.publisher.Flux.blockLast",
			throwing = IllegalStateException.class)
	void fluxBlockLast() {
		this.flux.blockLast();
	}

	@Blocks(rule = "reactive-block", api = "java.util.Iterator.hasNext", throwing = IllegalStateException.class)
	void fluxToIterable() {
		for (Integer element : this.flux.toIterable()) {
			element.intValue();
		}
	}

	@Blocks(rule = "reactive-block", api = "java.util.Iterator.hasNext", call = "java.util.stream.Stream.count",
			throwing = IllegalStateException.class)
	void fluxToStream() {
		this.flux.toStream().count();
	}

}
