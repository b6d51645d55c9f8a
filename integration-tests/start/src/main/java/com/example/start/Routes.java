package com.example.start;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * The application's pages.
 */
@RestController
class Routes {

	private final BlockingCode code;

	private final Environment environment;

	Routes(BlockingCode code, Environment environment) {
		this.code = code;
		this.environment = environment;
	}

	@GetMapping("/block")
	Mono<Integer> block() throws IOException {
		return Mono.just(this.code.read());
	}

	/**
	 * Computes for longer than an event loop may.
	 */
	@GetMapping("/compute")
	Mono<Long> compute() {
		long steps = 0;
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
		while (System.nanoTime() < end) {
			steps++;
		}
		return Mono.just(steps);
	}

	@GetMapping("/management-port")
	Mono<String> managementPort() {
		return Mono.just(this.environment.getRequiredProperty("local.management.port"));
	}

}
