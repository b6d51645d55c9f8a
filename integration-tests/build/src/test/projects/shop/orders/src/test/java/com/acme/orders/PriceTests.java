package com.acme.orders;

import java.time.Duration;

import io.github.loopguard.test.NonBlockingTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@NonBlockingTest
class PriceTests {

	@Test
	void price() {
		run(new Orders().price("7"));
	}

	@Test
	void nothing() {
		run(Mono.just("7"));
	}

	private static void run(Mono<?> mono) {
		mono.subscribeOn(Schedulers.parallel()).block(Duration.ofSeconds(30));
	}

}
