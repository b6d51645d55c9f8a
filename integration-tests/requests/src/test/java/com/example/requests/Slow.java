package com.example.requests;

import java.time.Duration;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Handlers that block noticeably.
 */
@RestController
class Slow {

	@GetMapping("/open/slow/{id}")
	Mono<String> slow() {
		return Mono.just(sleep());
	}

	@GetMapping("/open/slow-later/{id}")
	Mono<String> slowLater() {
		return Mono.delay(Duration.ofMillis(5)).map((tick) -> sleep());
	}

	private static String sleep() {
		try {
			Thread.sleep(5);
			return "slept";
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
