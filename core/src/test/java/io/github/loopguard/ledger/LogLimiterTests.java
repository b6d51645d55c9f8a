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
		refuse(1);
		refuse(2);
		assertThat(drain(at(30), 1)).isZero();
		assertThat(drain(at(61), 1)).isEqualTo(2);
		assertThat(drain(at(200), 1)).isZero();
		assertThat(this.limiter.tryPass(at(62), 1)).as("the summary is a line too").isFalse();
	}

	@Test
	void waitsForALineToTellWithout() {
		assertThat(this.limiter.tryPass(at(0), 1)).isTrue();
		refuse(1);
		assertThat(this.limiter.tryPass(at(60), 1)).isTrue();
		assertThat(drain(at(100), 1)).isZero();
		assertThat(drain(at(120), 1)).isEqualTo(1);
	}

	@Test
	void lineThatIsTriedAgainIsNotCounted() {
		assertThat(this.limiter.tryPass(at(0), 1)).isTrue();
		assertThat(this.limiter.tryPass(at(1), 1)).isFalse();
		refuse(2);
		assertThat(drain(at(120), 1)).isEqualTo(1);
	}

	@Test
	void linesAreToldAgainUntilThatHasBeenSaid() {
		assertThat(this.limiter.tryPass(at(0), 1)).isTrue();
		refuse(1);
		assertThat(this.limiter.suppressed(at(120), 1)).isEqualTo(1);
		assertThat(drain(at(190), 1)).isEqualTo(1);
		assertThat(drain(at(260), 1)).isZero();
	}

	@Test
	void limitOfZeroLogsNothing() {
		assertThat(this.limiter.tryPass(at(0), 0)).isFalse();
		this.limiter.suppress(at(0));
		assertThat(drain(at(120), 0)).isZero();
	}

	private void refuse(long seconds) {
		assertThat(this.limiter.tryPass(at(seconds), 1)).isFalse();
		this.limiter.suppress(at(seconds));
	}

	private long drain(long now, int limit) {
		long suppressed = this.limiter.suppressed(now, limit);
		if (suppressed > 0) {
			this.limiter.said();
		}
		return suppressed;
	}

	/**
	 * The clock may overflow while the limiter is in use.
	 */
	private static long at(long seconds) {
		return START + TimeUnit.SECONDS.toNanos(seconds);
	}

}
