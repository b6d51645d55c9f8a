package io.github.loopguard.detect.loop;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When the JVM stood still, as the time shows for which the monitor slept.
 */
class StopWatchTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private static final long PLANNED = TimeUnit.MILLISECONDS.toNanos(20);

	private final StopWatch stops = new StopWatch(new ThreadProbe());

	@Test
	void onlyTheTimeInWhichItStoodStillIsPartOfOthers() {
		this.stops.slept(PLANNED, SECOND);
		this.stops.slept(PLANNED, 2 * SECOND + PLANNED);
		this.stops.slept(PLANNED, 2 * SECOND + 2 * PLANNED);
		assertThat(this.stops.count()).isEqualTo(1);
		long still = this.stops.total();
		assertThat(still).isBetween(SECOND / 2, SECOND);
		assertThat(this.stops.during(0, 10 * SECOND)).isEqualTo(still);
		assertThat(this.stops.during(2 * SECOND, 2 * SECOND + PLANNED)).isEqualTo(PLANNED);
		assertThat(this.stops.during(2 * SECOND + PLANNED, 10 * SECOND)).isZero();
		assertThat(this.stops.during(0, SECOND)).isZero();
	}

	@Test
	void keepsTheLastOnes() {
		for (int i = 1; i <= 1_000; i++) {
			this.stops.slept(PLANNED, i * SECOND);
		}
		assertThat(this.stops.during(0, 500 * SECOND)).isZero();
		assertThat(this.stops.during(900 * SECOND, 1_000 * SECOND)).isGreaterThan(10 * SECOND);
	}

}
