package io.github.loopguard.detect.loop;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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
	void monitorThatWaitsForOthersWhichWorkDoesNotStandStill() {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		this.stops.slept(PLANNED, SECOND);
		long end = threads.getCurrentThreadCpuTime() + SECOND / 10;
		while (threads.getCurrentThreadCpuTime() < end) {
			Thread.onSpinWait();
		}
		this.stops.worked(0, SECOND + SECOND / 5);
		assertThat(this.stops.count()).isZero();
	}

	@Test
	void standsStillWhileItWorksIfNobodyElseDoes() {
		this.stops.slept(PLANNED, SECOND);
		this.stops.worked(0, 101 * SECOND);
		assertThat(this.stops.count()).isEqualTo(1);
		this.stops.slept(SECOND, 102 * SECOND);
		long before = this.stops.count();
		this.stops.worked(0, 103 * SECOND);
		assertThat(this.stops.count()).isEqualTo(before + 1);
	}

	@Test
	void shortWorkIsNoPartOfTheSleepAfterIt() {
		this.stops.slept(PLANNED, SECOND);
		this.stops.worked(0, SECOND + PLANNED / 4);
		this.stops.slept(PLANNED, SECOND + PLANNED / 4 + PLANNED);
		assertThat(this.stops.count()).isZero();
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
