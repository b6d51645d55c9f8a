package com.example.management;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import io.github.loopguard.autoconfigure.BlockingViolationEvent;

/**
 * An application with a route that blocks, an event listener and a meter filter that
 * throw.
 */
@SpringBootApplication
class ManagementApplication {

	@Bean
	MeterFilter failingFilter() {
		return new MeterFilter() {
			@Override
			public Meter.Id map(Meter.Id id) {
				if (id.getName().equals("loopguard.bridge.active") || id.getName().equals("loopguard.held")
						|| (id.getName().equals("loopguard.bridge.queued") && "cpu".equals(id.getTag("lane")))) {
					throw new IllegalStateException("filter");
				}
				return id;
			}
		};
	}

	@RestController
	static class Routes {

		@GetMapping("/size")
		Mono<Integer> size() throws IOException {
			return Mono.just(Files.readString(Path.of("pom.xml")).length());
		}

		@EventListener
		void alert(BlockingViolationEvent event) throws IOException {
			throw new IOException("expected");
		}

	}

}
