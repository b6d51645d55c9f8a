package io.github.loopguard.detect;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.loopguard.Action;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.policy.Decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link Sampler}.
 */
class SamplerTests {

	private static final int OCCURRENCES = 2_000_000;

	private static final Object VERSION = new Object();

	private final Sampler sampler = new Sampler();

	@Test
	void walksAThousandTimesASecondAndSometimesFromThenOn() {
		assertThat(run(40, 7, 0, 5_000)).isBetween(1_000, 1_400);
	}

	@Test
	void startsOverAfterASecond() {
		run(40, 7, 0, 5_000);
		assertThat(run(40, 7, 2_000_000_000L, 1_000)).isEqualTo(1_000);
	}

	@Test
	void sparesNoWalkForAnotherLeafOfTheSameCall() {
		run(40, 7, 0, 2_000);
		assertThat(this.sampler.spare(VERSION, 40, 8, 0)).isNull();
	}

	@Test
	void sparesNoWalkForACallThatWasDecidedUnderAnotherPolicy() {
		run(40, 7, 0, 2_000);
		assertThat(this.sampler.spare(new Object(), 40, 7, 0)).isNull();
	}

	@Test
	void hookThatWasNeverAskedForIsNoError() {
		this.sampler.walked(500, 7, path("once"));
		assertThat(this.sampler.spare(VERSION, 500, 7, 0)).isNull();
	}

	@ParameterizedTest
	@MethodSource("patterns")
	void everyPathCountsAsOftenAsItOccurs(String pattern, int paths, IntUnaryOperator path) {
		CallPath[] all = IntStream.range(0, paths).mapToObj((i) -> path("path-" + i)).toArray(CallPath[]::new);
		int[] occurred = new int[paths];
		Map<CallPath, Integer> counted = new HashMap<>();
		for (int i = 0; i < OCCURRENCES; i++) {
			int which = path.applyAsInt(i);
			occurred[which]++;
			CallPath spared = this.sampler.spare(VERSION, 40, 7, 0);
			if (spared == null) {
				this.sampler.walked(40, 7, all[which]);
			}
			counted.merge((spared != null) ? spared : all[which], 1, Integer::sum);
		}
		for (int i = 0; i < paths; i++) {
			assertThat((double) counted.getOrDefault(all[i], 0)).as("%s: path %d", pattern, i)
				.isCloseTo(occurred[i], within(0.1 * occurred[i]));
		}
	}

	static Stream<Arguments> patterns() {
		return Stream.of(pattern("alternating", 2, (i) -> i % 2), pattern("round-robin over 7", 7, (i) -> i % 7),
				pattern("round-robin over 16", 16, (i) -> i % 16), pattern("round-robin over 17", 17, (i) -> i % 17),
				pattern("round-robin over 64", 64, (i) -> i % 64), pattern("bursts of 100", 2, (i) -> i / 100 % 2),
				pattern("bursts of 10,000", 4, (i) -> i / 10_000 % 4),
				pattern("every 16th", 2, (i) -> (i % 16 == 15) ? 1 : 0),
				pattern("every 13th", 2, (i) -> (i % 13 == 0) ? 1 : 0),
				pattern("pairs", 2, (i) -> (i % 31 < 2) ? 1 : 0));
	}

	private static Arguments pattern(String name, int paths, IntUnaryOperator path) {
		return Arguments.of(name, paths, path);
	}

	private int run(int hook, int leaf, long now, int times) {
		CallPath path = path("run");
		int walked = 0;
		for (int i = 0; i < times; i++) {
			if (this.sampler.spare(VERSION, hook, leaf, now) == null) {
				walked++;
				this.sampler.walked(hook, leaf, path);
			}
		}
		return walked;
	}

	private static CallPath path(String site) {
		return new CallPath("file-read", "java.nio.file.Files.readString", site, false, false, false,
				new Decision(Action.LOG, Action.LOG, Duration.ZERO, null, null), true, OccurrenceCounter.IGNORED);
	}

}
