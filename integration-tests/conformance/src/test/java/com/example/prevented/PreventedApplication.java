package com.example.prevented;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * An application in which every rule fails.
 */
@SpringBootApplication
class PreventedApplication {

	static final ReentrantLock LOCK = new ReentrantLock();

	static Path target = Path.of("unset");

	@RestController
	static class Routes {

		private final JdbcTemplate jdbc;

		Routes(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@GetMapping("/write")
		Mono<String> write() throws IOException {
			Files.writeString(target, "written");
			return Mono.just("written");
		}

		@GetMapping("/lock")
		Mono<String> lock() {
			LOCK.lock();
			try {
				return Mono.just("locked");
			}
			finally {
				LOCK.unlock();
			}
		}

		@GetMapping("/initialise")
		Mono<String> initialise() {
			return Mono.just("" + Initialised.SIZE + Initialised.helped());
		}

		@GetMapping("/helped")
		Mono<String> helped() {
			return Mono.just("" + Sizes.of("pom.xml"));
		}

		@GetMapping("/database")
		Mono<Integer> database() {
			return Mono.just(this.jdbc.update("insert into orders values (1)"));
		}

		@GetMapping("/print")
		Mono<String> print() throws IOException {
			try (java.io.PrintStream out = new java.io.PrintStream(target.toFile())) {
				out.println("printed");
			}
			return Mono.just("printed");
		}

	}

	/**
	 * Blocks in its initialiser, itself and through a helper that is also called
	 * otherwise.
	 */
	static class Initialised {

		static final long SIZE = Path.of("pom.xml").toFile().length();

		static final long HELPED = Sizes.of("pom.xml");

		static long helped() {
			return HELPED;
		}

	}

	/**
	 * The helper.
	 */
	static class Sizes {

		static long of(String name) {
			return new java.io.File(name).length();
		}

	}

}
