package io.github.loopguard.detect.loop;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What other threads are shown of a stall that lasts.
 */
class StallLogTests {

	private static final Sample SAMPLE = new Sample(
			List.of(new StackTraceElement("com.acme.Prices", "compute", "Prices.java", 42)), Thread.State.RUNNABLE,
			null, null, false, false);

	private final StallLog log = new StallLog((className) -> className.startsWith("com.acme."));

	private final long now = System.nanoTime();

	private final WatchedLoop loop = new WatchedLoop(Thread.currentThread(), false, new LoopGroup("any"), this.now, 0,
			new StopWatch(new ThreadProbe()));

	/**
	 * Somebody restarts an application whose event loop is stuck for long.
	 */
	@Test
	void timeForWhichTheJvmStoodStillIsLeftOutAtOnce() {
		long minute = TimeUnit.MINUTES.toNanos(1);
		Stall stall = new Stall(this.now - 2 * minute, this.now, 0, 0, new Stall.First(SAMPLE, null));
		this.log.lasts(this.loop, stall, this.now);
		assertThat(shown()).isGreaterThanOrEqualTo(Duration.ofMinutes(2));
		stall.exclude(minute);
		this.log.lasts(this.loop, stall, this.now);
		assertThat(shown()).isBetween(Duration.ofMinutes(1), Duration.ofSeconds(119));
		assertThat(this.log.all(List.of(this.loop)).get(0).number()).isEqualTo(1);
	}

	private Duration shown() {
		return this.log.all(List.of(this.loop)).get(0).duration();
	}

}
