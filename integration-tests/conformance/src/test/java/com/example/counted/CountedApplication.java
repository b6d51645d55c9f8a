package com.example.counted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * An application with a file and a real database.
 */
@SpringBootApplication
class CountedApplication {

	@RestController
	static class Routes {

		private final JdbcTemplate jdbc;

		Routes(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@GetMapping("/counted/read")
		Mono<String> read() throws IOException {
			return Mono.just(Files.readString(Path.of("pom.xml")));
		}

		@GetMapping("/counted/one")
		Mono<Integer> one() {
			return Mono.just(this.jdbc.queryForObject("select count(*) from orders", Integer.class));
		}

		@GetMapping("/counted/two")
		Mono<Integer> two() {
			return Mono.just(this.jdbc.queryForObject("select count(*) from orders", Integer.class));
		}

	}

}
