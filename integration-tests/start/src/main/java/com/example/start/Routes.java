package com.example.start;

import java.io.IOException;

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

	@GetMapping("/management-port")
	Mono<String> managementPort() {
		return Mono.just(this.environment.getRequiredProperty("local.management.port"));
	}

}
