package com.example.session;

import java.time.Duration;
import java.util.concurrent.ThreadPoolExecutor;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/**
 * Tests of somebody who installs a builder of his own, without integrations. Run by
 * {@link BuilderSessionTests}.
 */
class BuilderCalls {

	@BeforeAll
	static void install() {
		BlockHound.builder()
			.nonBlockingThreadPredicate((current) -> current.or(NonBlocking.class::isInstance))
			.markAsBlocking(BuilderCalls.class, "marked", "()Ljava/lang/String;")
			.allowBlockingCallsInside(Allowed.class.getName(), "run")
			.allowBlockingCallsInside(ThreadPoolExecutor.class.getName(), "getTask")
			.install();
	}

	@Test
	void nativeMethodThrows() {
		StepVerifier.create(Mono.fromCallable(BuilderCalls::sleep).subscribeOn(Schedulers.parallel()))
			.expectErrorSatisfies((error) -> isBlocking(error, "java.lang.Thread.sleep"))
			.verify(Duration.ofSeconds(30));
	}

	@Test
	void markThrows() {
		StepVerifier.create(Mono.fromCallable(BuilderCalls::marked).subscribeOn(Schedulers.parallel()))
			.expectErrorSatisfies((error) -> isBlocking(error, "BuilderCalls.marked"))
			.verify(Duration.ofSeconds(30));
	}

	@Test
	void allowanceHolds() {
		StepVerifier.create(Mono.fromCallable(Allowed::run).subscribeOn(Schedulers.parallel()))
			.expectNext("slept")
			.expectComplete()
			.verify(Duration.ofSeconds(30));
	}

	private static void isBlocking(Throwable error, String method) {
		if (!(error instanceof BlockingOperationError) || !error.getMessage().contains(method)) {
			throw new AssertionError("Not BlockHound's error about " + method, error);
		}
	}

	private static String sleep() throws InterruptedException {
		Thread.sleep(1);
		return "slept";
	}

	private static String marked() {
		return "marked";
	}

	/**
	 * BlockHound drops the allowance of a class that also has a mark.
	 */
	private static final class Allowed {

		private static String run() throws InterruptedException {
			return sleep();
		}

	}

}
