package com.example.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.loopguard.bridge.BlockingBridge;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * An application with one route that blocks, one that does not, one that goes on blocking
 * until it is let go, and one that waits for as long as it is told.
 */
@SpringBootApplication
class BlockingApplication {

	static final CountDownLatch RELEASE = new CountDownLatch(1);

	@RestController
	static class Routes {

		private final BlockingBridge bridge;

		Routes(BlockingBridge bridge) {
			this.bridge = bridge;
		}

		@GetMapping("/invoices/{id}")
		Mono<String> invoice(@PathVariable String id) throws IOException {
			return Mono.just(id + Files.readString(Path.of("pom.xml")).length());
		}

		@GetMapping("/bridged")
		Mono<String> bridged() {
			return this.bridge.call(() -> Thread.currentThread().getName());
		}

		@GetMapping("/stuck")
		Mono<String> stuck() throws InterruptedException {
			RELEASE.await();
			return Mono.just("free");
		}

		@GetMapping("/wait/{micros}")
		Mono<Boolean> waiting(@PathVariable long micros) throws InterruptedException {
			return Mono.just(new CountDownLatch(1).await(micros, TimeUnit.MICROSECONDS));
		}

	}

}
