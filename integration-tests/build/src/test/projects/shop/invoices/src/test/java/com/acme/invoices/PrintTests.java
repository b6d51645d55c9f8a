package com.acme.invoices;

import java.time.Duration;

import io.github.loopguard.test.NonBlockingTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@NonBlockingTest
class PrintTests {

	@Test
	void prints() {
		run(new Invoices().print("7"));
	}

	private static void run(Mono<?> mono) {
		mono.subscribeOn(Schedulers.parallel()).block(Duration.ofSeconds(30));
	}

}
