package com.example.slice;

import java.time.Duration;

import com.example.shop.Blocking;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.test.NonBlockingTest;

/**
 * The seven shapes on a Reactor thread, and their fixed form. Run by a test kit.
 */
@NonBlockingTest
class ReactorCase {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@Test
	void plain() {
		run(Blocking.plain());
	}

	@Test
	void onErrorReturn() {
		run(Blocking.onErrorReturn());
	}

	@Test
	void onErrorContinue() {
		run(Blocking.onErrorContinue());
	}

	@Test
	void catchThrowable() {
		run(Blocking.catchThrowable());
	}

	@Test
	void retryWithFallback() {
		run(Blocking.retryWithFallback());
	}

	@Test
	void fireAndForget() {
		Blocking.fireAndForget(Schedulers.parallel()).block(PATIENCE);
	}

	@Test
	void schedule() {
		Blocking.schedule(Schedulers.single()).block(PATIENCE);
	}

	@Test
	void fixed() {
		run(Blocking.fixed());
	}

	private static void run(Mono<String> shape) {
		shape.subscribeOn(Schedulers.parallel()).block(PATIENCE);
	}

}
