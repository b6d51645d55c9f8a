package com.example.builder;

import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/**
 * Tests of somebody who installs a builder of his own, without integrations. Run by
 * {@link BuilderTests}.
 */
class BuilderCalls {

	private static final Scheduler SCHEDULER = Schedulers.newParallel("mine");

	@BeforeAll
	static void install() {
		BlockHound.builder()
			.nonBlockingThreadPredicate((predicate) -> predicate.or((thread) -> thread.getName().startsWith("mine")))
			.markAsBlocking(BuilderCalls.class, "marked", "()Ljava/lang/String;")
			.allowBlockingCallsInside(BuilderCalls.class.getName(), "allowed")
			.install();
	}

	@AfterAll
	static void dispose() {
		SCHEDULER.dispose();
	}

	@Test
	void nativeMethodThrows() {
		StepVerifier.create(Mono.fromCallable(BuilderCalls::sleep).subscribeOn(SCHEDULER))
			.expectErrorSatisfies((error) -> isBlocking(error, "java.lang.Thread.sleep"))
			.verify(Duration.ofSeconds(30));
	}

	@Test
	void markThrows() {
		StepVerifier.create(Mono.fromCallable(BuilderCalls::marked).subscribeOn(SCHEDULER))
			.expectErrorSatisfies((error) -> isBlocking(error, "BuilderCalls.marked"))
			.verify(Duration.ofSeconds(30));
	}

	@Test
	void allowanceHolds() {
		StepVerifier.create(Mono.fromCallable(BuilderCalls::allowed).subscribeOn(SCHEDULER))
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

	private static String allowed() throws InterruptedException {
		return sleep();
	}

	private static String marked() {
		return "marked";
	}

}
