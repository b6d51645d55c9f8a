package io.github.loopguard.autoconfigure;

import java.time.Duration;

/**
 * Health of event loops.
 *
 * @since 0.2
 */
public class HealthProperties {

	/**
	 * Whether an event loop that is stuck shows in the application's health.
	 */
	private boolean enabled;

	/**
	 * Time after which an event loop whose turn does not end is stuck.
	 */
	private Duration stuckAfter = Duration.ofSeconds(10);

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Duration getStuckAfter() {
		return this.stuckAfter;
	}

	public void setStuckAfter(Duration stuckAfter) {
		this.stuckAfter = stuckAfter;
	}

}
