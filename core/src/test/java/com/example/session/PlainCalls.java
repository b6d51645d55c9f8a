package com.example.session;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/**
 * Tests that have nothing to do with BlockHound. Run by {@link BuilderSessionTests}.
 */
class PlainCalls {

	@Test
	void sleeps() {
		StepVerifier.create(Mono.fromCallable(() -> {
			Thread.sleep(1);
			return "slept";
		}).subscribeOn(Schedulers.parallel())).expectNext("slept").expectComplete().verify(Duration.ofSeconds(30));
	}

}
