package com.acme.orders;

import java.time.Duration;

import io.github.loopguard.test.NonBlockingTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@NonBlockingTest
class FindTests {

	@Test
	void finds() {
		run(new Orders().find("7"));
	}

	@Test
	void findsAnother() {
		run(new Orders().find("8"));
	}

	private static void run(Mono<?> mono) {
		mono.subscribeOn(Schedulers.parallel()).block(Duration.ofSeconds(30));
	}

}
