package io.github.loopguard.autoconfigure;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Watching of event loops.
 *
 * @since 0.2
 */
public class LoopMonitorProperties {

	/**
	 * Whether event loops are watched for turns that take too long. By default they are,
	 * except in tests.
	 */
	private @Nullable Boolean enabled;

	/**
	 * Longest time that a turn of an event loop may take.
	 */
	private Duration threshold = Duration.ofMillis(100);

	/**
	 * Thresholds of groups of event loops, by the name that their threads share without
	 * the number, such as reactor-http-epoll or parallel.
	 */
	private Map<String, Duration> thresholds = Map.of();

	/**
	 * Time after the start during which turns that take too long are counted and are no
	 * violations, because code that runs for the first time is slow.
	 */
	private Duration grace = Duration.ofSeconds(30);

	/**
	 * Maximum number of turns that are reported in a minute. The others are only counted.
	 */
	private int reportsPerMinute = 60;

	public @Nullable Boolean getEnabled() {
		return this.enabled;
	}

	public void setEnabled(@Nullable Boolean enabled) {
		this.enabled = enabled;
	}

	public Duration getThreshold() {
		return this.threshold;
	}

	public void setThreshold(Duration threshold) {
		this.threshold = threshold;
	}

	public Map<String, Duration> getThresholds() {
		return this.thresholds;
	}

	public void setThresholds(Map<String, Duration> thresholds) {
		this.thresholds = thresholds;
	}

	public Duration getGrace() {
		return this.grace;
	}

	public void setGrace(Duration grace) {
		this.grace = grace;
	}

	public int getReportsPerMinute() {
		return this.reportsPerMinute;
	}

	public void setReportsPerMinute(int reportsPerMinute) {
		this.reportsPerMinute = reportsPerMinute;
	}

}
