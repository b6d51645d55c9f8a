package io.github.loopguard.detect.loop;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * How much CPU time an event loop has used since a look at which that was not asked for.
 */
class CpuUseTests {

	private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final LoopStatistics statistics = new LoopStatistics(Thread.currentThread(), new LoopGroup("group"));

	private final CpuUse use = new CpuUse(this.statistics, 0, 0);

	@Test
	void loopThatOnlyWaitedBeforeHasUsedAllOfItSince() {
		assertThat(this.use.add(60 * MILLISECOND, 900 * MILLISECOND, 980 * MILLISECOND)).isEqualTo(60 * MILLISECOND);
	}

	@Test
	void loopThatAlwaysWorksHasUsedSomeOfItBefore() {
		long used = 0;
		for (int i = 1; i <= 300; i++) {
			used += SECOND / 4;
			this.use.add(used, (i - 1) * SECOND, i * SECOND);
		}
		assertThat(this.statistics.utilization()).isCloseTo(0.25, within(0.03));
		long before = 300 * SECOND + 800 * MILLISECOND;
		assertThat(this.use.add(used + 250 * MILLISECOND, before, 301 * SECOND)).isCloseTo(50 * MILLISECOND,
				within(30 * MILLISECOND));
	}

	@Test
	void useIsShownThoughItIsAskedForSeldom() {
		long used = 0;
		for (int i = 1; i <= 300; i++) {
			used += SECOND / 2;
			this.use.add(-1, i * SECOND - SECOND, i * SECOND - SECOND / 2);
			this.use.add(used, i * SECOND - SECOND / 2, i * SECOND);
		}
		assertThat(this.statistics.utilization()).isCloseTo(0.5, within(0.03));
	}

	@Test
	void isAskedForNowAndThen() {
		assertThat(this.use.isDue(SECOND / 2)).isFalse();
		assertThat(this.use.isDue(SECOND)).isTrue();
		this.use.add(0, SECOND / 2, SECOND);
		assertThat(this.use.isDue(SECOND + SECOND / 2)).isFalse();
	}

	@Test
	void tickIsTakenForGrantedUntilTheNextOneIsMissing() {
		long period = 100 * MILLISECOND;
		assertThat(this.use.isTick(10 * SECOND, period, MILLISECOND / 10)).as("it never ticked before").isFalse();
		assertThat(this.use.isTick(11 * SECOND, period, MILLISECOND / 10)).isTrue();
		assertThat(this.use.isTickMissing(12 * SECOND)).isFalse();
		assertThat(this.use.isTick(12 * SECOND, period, MILLISECOND / 10)).isTrue();
		assertThat(this.use.isTickMissing(14 * SECOND)).isFalse();
		assertThat(this.use.isTickMissing(14 * SECOND + 1)).isTrue();
		this.use.verified();
		assertThat(this.use.isTickMissing(15 * SECOND)).isFalse();
	}

	@Test
	void wakingToWorkOrAtAnotherTimeIsNoTick() {
		long period = 100 * MILLISECOND;
		this.use.isTick(10 * SECOND, period, MILLISECOND / 10);
		assertThat(this.use.isTick(11 * SECOND, period, MILLISECOND)).isFalse();
		assertThat(this.use.isTick(11 * SECOND + SECOND / 2, period, MILLISECOND / 10)).isFalse();
		assertThat(this.use.isTickMissing(20 * SECOND)).isFalse();
	}

	@Test
	void oneTickInSixteenIsVerified() {
		long ticks = IntStream.rangeClosed(1, 160)
			.filter((i) -> this.use.isTick(i * SECOND, MILLISECOND, MILLISECOND / 10))
			.count();
		assertThat(ticks).isEqualTo(150);
	}

}
