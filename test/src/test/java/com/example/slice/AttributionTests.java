package com.example.slice;

import org.junit.jupiter.api.Test;

import io.github.loopguard.test.BlockingViolationError;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that blocking fails whom it belongs to, and that it never vanishes.
 */
class AttributionTests {

	@Test
	void whatComesLateFailsTheClassAndNamesTheTest() {
		Kit kit = Kit.run(AttributionCases.Late.class);
		assertThat(kit.succeeded()).containsExactly("blocksLate()", "innocent()");
		assertThat(kit.classFailures().values()).singleElement()
			.satisfies(NonBlockingTestTests::isFileReadOfTheApplication)
			.extracting(Throwable::getMessage)
			.asString()
			.contains("unattributed: it happened after blocksLate() had ended");
	}

	@Test
	void whatHappensAroundTestsFailsTheClass() {
		Kit kit = Kit.run(AttributionCases.Around.class);
		assertThat(kit.succeeded()).containsExactly("innocent()");
		assertThat(kit.classFailures().values()).singleElement()
			.satisfies(NonBlockingTestTests::isFileReadOfTheApplication);
	}

	@Test
	void loopThatKnowsNothingOfTestsWorksForTheOnlyOne() {
		Kit kit = Kit.run(AttributionCases.Netty.class);
		assertThat(kit.succeeded()).containsExactly("innocent()");
		assertThat(kit.failures()).containsOnlyKeys("blocks()");
		assertThat(kit.classFailures()).isEmpty();
	}

	@Test
	void ownFailureIsKept() {
		Kit kit = Kit.run(AttributionCases.Failing.class);
		assertThat(kit.failures()).containsOnlyKeys("failsAndBlocks()");
		assertThat(kit.failures().get("failsAndBlocks()")).hasMessage("the failure of its own")
			.satisfies((failure) -> assertThat(failure.getSuppressed()).singleElement()
				.isInstanceOf(BlockingViolationError.class));
		assertThat(kit.classFailures()).isEmpty();
	}

	@Test
	void harnessIsInnocent() {
		Kit kit = Kit.run(AttributionCases.Harness.class);
		assertThat(kit.succeeded()).containsExactly("callsMockOnLoop()");
		assertThat(kit.failures()).containsOnlyKeys("answerThatBlocks()");
	}

}
