package io.github.loopguard.autoconfigure;

import java.time.Duration;

/**
 * Logging of violations.
 *
 * @since 0.2
 */
public class LogProperties {

	/**
	 * Maximum number of violations that are logged in a minute. The others are only
	 * counted.
	 */
	private int linesPerMinute = 20;

	/**
	 * Time after which a call is logged even if it has not returned.
	 */
	private Duration patience = Duration.ofSeconds(1);

	public int getLinesPerMinute() {
		return this.linesPerMinute;
	}

	public void setLinesPerMinute(int linesPerMinute) {
		this.linesPerMinute = linesPerMinute;
	}

	public Duration getPatience() {
		return this.patience;
	}

	public void setPatience(Duration patience) {
		this.patience = patience;
	}

}
