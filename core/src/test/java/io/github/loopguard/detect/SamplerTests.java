package io.github.loopguard.detect;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.github.loopguard.Action;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.policy.Decision;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Sampler}.
 */
class SamplerTests {

	private static final CallPath PATH = path(false);

	private final Sampler sampler = new Sampler();

	@Test
	void walksAThousandTimesASecondAndSometimesFromThenOn() {
		int walked = run(40, 7, PATH, 0, 5_000);
		assertThat(walked).isBetween(1_000, 1_400);
	}

	@Test
	void startsOverAfterASecond() {
		run(40, 7, PATH, 0, 5_000);
		assertThat(run(40, 7, PATH, 2_000_000_000L, 1_000)).isEqualTo(1_000);
	}

	@Test
	void sparesNoWalkForAnotherLeafOfTheSameCall() {
		run(40, 7, PATH, 0, 2_000);
		assertThat(this.sampler.spare(40, 8, 0)).isNull();
	}

	@Test
	void sparesNoWalkForACallThatIsPrevented() {
		assertThat(run(40, 7, path(true), 0, 5_000)).isEqualTo(5_000);
	}

	@Test
	void hookThatWasNeverAskedForIsNoError() {
		this.sampler.walked(500, 7, PATH);
		assertThat(this.sampler.spare(500, 7, 0)).isNull();
	}

	private int run(int hook, int leaf, CallPath path, long now, int times) {
		int walked = 0;
		for (int i = 0; i < times; i++) {
			if (this.sampler.spare(hook, leaf, now) == null) {
				walked++;
				this.sampler.walked(hook, leaf, path);
			}
		}
		return walked;
	}

	private static CallPath path(boolean prevented) {
		Action action = prevented ? Action.FAIL : Action.LOG;
		return new CallPath("file-read", "java.nio.file.Files.readString", null, false, false, prevented,
				new Decision(action, action, Duration.ZERO, null, null), null, OccurrenceCounter.IGNORED);
	}

}
