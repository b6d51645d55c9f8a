package com.example.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
class ReadController {

	@GetMapping("/read")
	Mono<String> read() throws IOException {
		return Mono.just(Files.readString(Path.of("/etc/hostname")));
	}

	@GetMapping("/sleep")
	Mono<String> sleep() throws Exception {
		Thread.sleep(40);
		return Mono.just("slept");
	}

}
