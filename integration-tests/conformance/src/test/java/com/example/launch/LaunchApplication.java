package com.example.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.loopguard.bridge.BlockingBridge;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * An application to be started in different ways.
 */
@SpringBootApplication
@RestController
public class LaunchApplication {

	public static void main(String[] args) {
		SpringApplication.run(LaunchApplication.class, args);
	}

	/**
	 * In the main class, which is loaded before any detector can be there.
	 */
	@GetMapping("/greet/{name}")
	String greet(@PathVariable String name) throws InterruptedException {
		Thread.sleep(1);
		return "Hello " + name;
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
