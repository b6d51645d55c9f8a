package com.example.waited;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Reads files on the event loop.
 */
@RestController
class WaitedController {

	@GetMapping("/orders/{id}")
	Mono<String> order(@PathVariable String id) {
		return Mono.just(id);
	}

	@GetMapping("/read")
	Mono<String> read(@RequestParam String file) throws IOException {
		return Mono.just(Files.readString(Path.of(file)));
	}

}
