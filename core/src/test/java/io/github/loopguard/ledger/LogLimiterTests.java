package io.github.loopguard.ledger;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LogLimiter}.
 */
class LogLimiterTests {

	private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(90);

	private final LogLimiter limiter = new LogLimiter();

	@Test
	void passesUpToTheLimitInAMinute() {
		for (int i = 0; i < 20; i++) {
			assertThat(this.limiter.tryPass(at(0), 20)).isTrue();
		}
		assertThat(this.limiter.tryPass(at(59), 20)).isFalse();
	}

	@Test
	void holdsForAnyMinuteNotForCalendarWindows() {
		assertThat(this.limiter.tryPass(at(0), 2)).isTrue();
		assertThat(this.limiter.tryPass(at(50), 2)).isTrue();
		assertThat(this.limiter.tryPass(at(59), 2)).isFalse();
		assertThat(this.limiter.tryPass(at(60), 2)).isTrue();
		assertThat(this.limiter.tryPass(at(61), 2)).isFalse();
		assertThat(this.limiter.tryPass(at(110), 2)).isTrue();
	}

	@Test
	void tellsHowManyDidNotPassOnceAndWithinTheLimit() {
		assertThat(this.limiter.tryPass(at(0), 1)).isTrue();
		assertThat(this.limiter.tryPass(at(1), 1)).isFalse();
		assertThat(this.limiter.tryPass(at(2), 1)).isFalse();
		assertThat(this.limiter.drainSuppressed(at(30), 1)).isZero();
		assertThat(this.limiter.drainSuppressed(at(61), 1)).isEqualTo(2);
		assertThat(this.limiter.drainSuppressed(at(200), 1)).isZero();
		assertThat(this.limiter.tryPass(at(62), 1)).as("the summary is a line too").isFalse();
	}

	@Test
	void waitsForALineToTellWithout() {
		assertThat(this.limiter.tryPass(at(0), 1)).isTrue();
		assertThat(this.limiter.tryPass(at(1), 1)).isFalse();
		assertThat(this.limiter.tryPass(at(60), 1)).isTrue();
		assertThat(this.limiter.drainSuppressed(at(100), 1)).isZero();
		assertThat(this.limiter.drainSuppressed(at(120), 1)).isEqualTo(1);
	}

	@Test
	void limitOfZeroLogsNothing() {
		assertThat(this.limiter.tryPass(at(0), 0)).isFalse();
		assertThat(this.limiter.drainSuppressed(at(120), 0)).isZero();
	}

	/**
	 * The clock may overflow while the limiter is in use.
	 */
	private static long at(long seconds) {
		return START + TimeUnit.SECONDS.toNanos(seconds);
	}

}
