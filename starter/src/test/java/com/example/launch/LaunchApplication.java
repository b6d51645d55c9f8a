package com.example.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.loopguard.bridge.BlockingBridge;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * An application to be started in different ways.
 */
@SpringBootApplication
public class LaunchApplication {

	public static void main(String[] args) {
		SpringApplication.run(LaunchApplication.class, args);
	}

	@RestController
	static class Routes {

		private final BlockingBridge bridge;

		Routes(BlockingBridge bridge) {
			this.bridge = bridge;
		}

		@GetMapping("/read")
		Mono<Integer> read() throws IOException {
			return Mono.just(Files.readString(Path.of("pom.xml")).length());
		}

		@GetMapping("/bridged")
		Mono<String> bridged() {
			return this.bridge.call(() -> Thread.currentThread().getName());
		}

	}

}
