package com.acme;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.test.NonBlockingTest;

/**
 * Prints on an event loop, through the streams that Gradle has put in the way.
 */
@NonBlockingTest
class OutputTests {

	@Test
	void prints() {
		Mono.fromRunnable(() -> {
			for (int i = 0; i < 10; i++) {
				System.out.println("Printed by " + Thread.currentThread().getName());
			}
		}).subscribeOn(Schedulers.parallel()).block(Duration.ofSeconds(30));
	}

}
