package com.example.slice;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that of tests that run at the same time only the one fails that blocks.
 */
class ParallelTests {

	@Test
	void exactlyTheTestThatBlocksFails() {
		Kit kit = Kit.runInParallel(16, ParallelCase.Watched.class);
		assertThat(kit.failures()).containsOnlyKeys("7");
		assertThat(kit.failures().values()).allSatisfy(NonBlockingTestTests::isFileReadOfTheApplication);
		assertThat(kit.succeeded()).containsExactlyInAnyOrderElementsOf(
				IntStream.range(0, 16).filter((it) -> it != 7).mapToObj(String::valueOf).toList());
		assertThat(kit.classFailures()).isEmpty();
	}

	@Test
	void contextSurvivesALane() {
		Kit kit = Kit.runInParallel(4, ParallelCase.Lanes.class);
		assertThat(kit.failures()).containsOnlyKeys("2");
		assertThat(kit.succeeded()).hasSize(3);
		assertThat(kit.classFailures()).isEmpty();
	}

	@Test
	void watchingTakesLessThanTwiceTheTime() {
		Kit.runInParallel(16, ParallelCase.Unwatched.class);
		long unwatched = time(ParallelCase.Unwatched.class);
		long watched = time(ParallelCase.Watched.class);
		assertThat(watched).isLessThan(2 * unwatched);
	}

	private static long time(Class<?> type) {
		long start = System.nanoTime();
		Kit kit = Kit.runInParallel(16, type);
		long taken = System.nanoTime() - start;
		assertThat(kit.succeeded()).hasSizeGreaterThanOrEqualTo(15);
		return taken;
	}

}
