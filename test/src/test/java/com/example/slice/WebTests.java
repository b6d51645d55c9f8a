package com.example.slice;

import org.junit.jupiter.api.Test;

import io.github.loopguard.test.BlockingViolationError;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that requests of a test are handled on its behalf, on a server and in slices.
 */
class WebTests {

	private static final String[] SHAPES = { "plain", "onErrorReturn", "onErrorContinue", "catchThrowable",
			"retryWithFallback", "fireAndForget", "schedule" };

	@Test
	void everyShapeFailsOnANettyLoopOverHttpAndTheFixedFormPasses() {
		Kit kit = Kit.run(WebCases.Server.class);
		assertThat(kit.succeeded()).containsExactly("fixed(WebTestClient)");
		assertThat(kit.failures()).containsOnlyKeys(SHAPES);
		assertThat(kit.failures().values()).allSatisfy(NonBlockingTestTests::isFileReadOfTheApplication)
			.allSatisfy((failure) -> assertThat(((BlockingViolationError) failure).getViolations().get(0).threads())
				.allMatch((thread) -> thread.contains("http-")));
		assertThat(kit.failures().get("plain")).hasMessageContaining("in GET /invoices/{shape}, held the loop for");
		assertThat(kit.classFailures()).isEmpty();
	}

	@Test
	void requestsOfParallelTestsAreToldApart() {
		Kit kit = Kit.runInParallel(8, WebCases.ParallelServer.class);
		assertThat(kit.failures()).containsOnlyKeys("onErrorReturn");
		assertThat(kit.succeeded()).hasSize(7);
		assertThat(kit.classFailures()).isEmpty();
	}

	@Test
	void bodiesOfParallelTestsAreToldApart() {
		Kit kit = Kit.runInParallel(5, WebCases.ParallelBodies.class);
		assertThat(kit.failures()).containsOnlyKeys("store");
		assertThat(kit.failures().values()).allSatisfy(NonBlockingTestTests::isFileReadOfTheApplication);
		assertThat(kit.succeeded()).hasSize(4);
		assertThat(kit.classFailures()).isEmpty();
	}

	@Test
	void requestOfAnyOtherClientIsOfTheOnlyTest() {
		Kit kit = Kit.run(WebCases.PlainClient.class);
		assertThat(kit.succeeded()).containsExactly("innocent()");
		assertThat(kit.failures()).containsOnlyKeys("blocks()", "blocksOnceTheBodyIsThere()");
		assertThat(kit.classFailures()).isEmpty();
	}

	@Test
	void everyShapeFailsInTheSliceAndTheFixedFormPasses() {
		Kit kit = Kit.run(WebCases.Slice.class);
		assertThat(kit.succeeded()).containsExactly("fixed(WebTestClient)");
		assertThat(kit.failures()).containsOnlyKeys(SHAPES);
		assertThat(kit.failures().values()).allSatisfy(NonBlockingTestTests::isFileReadOfTheApplication);
		assertThat(kit.classFailures()).isEmpty();
	}

	@Test
	void joinsTheSliceOfSpringBoot() {
		Kit kit = Kit.run(WebCases.BootSlice.class);
		assertThat(kit.succeeded()).containsExactly("fixed(WebTestClient)");
		assertThat(kit.failures()).containsOnlyKeys("blocks(WebTestClient)");
		assertThat(kit.failures().values()).allSatisfy(NonBlockingTestTests::isFileReadOfTheApplication);
	}

}
