package io.github.loopguard.autoconfigure.bridge.warmup;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Classes that event loops loaded.
 *
 * @param beforeReadiness before the application was ready, mostly by the warm-up
 * @param afterReadiness after that, at the expense of requests
 * @since 0.1
 */
public record ColdStartReport(Phase beforeReadiness, Phase afterReadiness) {

	@Override
	public String toString() {
		return String.format(Locale.ROOT,
				"Cold start: event loops loaded %d classes in %d ms before readiness, %d in %d ms after it%s",
				this.beforeReadiness.classes(), this.beforeReadiness.time().toMillis(), this.afterReadiness.classes(),
				this.afterReadiness.time().toMillis(),
				this.afterReadiness.slowest().isEmpty() ? "" : "; slowest " + this.afterReadiness.slowest());
	}

	/**
	 * Classes loaded in one phase.
	 *
	 * @param classes number of classes
	 * @param time total load time; the time of a nested load counts in each outer one,
	 * too
	 * @param slowest the classes that took longest, at most five
	 */
	public record Phase(long classes, Duration time, List<String> slowest) {
	}

}
