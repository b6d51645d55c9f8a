package com.example.offloaded;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.operation.LaneClasses;

/**
 * Blocks, but never on an event loop.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(OffloadedApplication.Routes.class)
class OffloadedApplication {

	@RestController
	static class Routes {

		final CountDownLatch release = new CountDownLatch(1);

		private final BlockingBridge bridge;

		private final LaneClasses classes;

		Routes(BlockingBridge bridge) {
			this.bridge = bridge;
			this.classes = LaneClasses.in(bridge);
		}

		@GetMapping("/classes/{name}")
		Mono<String> load(@PathVariable String name) {
			String className = getClass().getPackageName() + "." + name;
			return this.classes.load(className, getClass().getClassLoader()).map(Class::getSimpleName);
		}

		@GetMapping("/nested")
		Mono<String> nested() {
			return this.bridge.lane("single")
				.call(() -> "outer " + this.bridge.lane("single").call(() -> "inner").block());
		}

		@GetMapping("/slow")
		Mono<String> slow() {
			return this.bridge.lane("single").call(() -> {
				boolean released = this.release.await(20, TimeUnit.SECONDS);
				return released ? "done" : "not released";
			});
		}

	}

}
