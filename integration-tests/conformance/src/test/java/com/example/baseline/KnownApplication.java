package com.example.baseline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * An application that blocks in three places, two of which its baseline knows.
 */
@SpringBootApplication
class KnownApplication {

	@RestController
	static class Routes {

		@GetMapping("/accepted")
		Mono<String> accepted() throws IOException {
			return Mono.just(Files.readString(Path.of("pom.xml")));
		}

		@GetMapping("/expired")
		Mono<String> expired() throws IOException {
			return Mono.just(Files.readString(Path.of("pom.xml")));
		}

		@GetMapping("/unknown")
		Mono<String> unknown() throws IOException {
			return Mono.just(Files.readString(Path.of("pom.xml")));
		}

	}

}
