package com.acme.orders;

import java.time.Duration;

import io.github.loopguard.test.NonBlockingTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@NonBlockingTest
class CheckTests {

	@Test
	void checks() {
		run(new Orders().exists("7"));
	}

	@Test
	void priceOfWhatExists() {
		run(new Orders().exists("7").flatMap((exists) -> new Orders().price("7")));
	}

	private static void run(Mono<?> mono) {
		mono.subscribeOn(Schedulers.parallel()).block(Duration.ofSeconds(30));
	}

}
