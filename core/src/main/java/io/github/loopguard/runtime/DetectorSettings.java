package io.github.loopguard.runtime;

import io.github.loopguard.detect.loop.LoopMonitorSettings;

/**
 * The settings of the detectors that look from outside.
 *
 * @param loopMonitor how event loops are watched
 * @since 0.2
 */
public record DetectorSettings(LoopMonitorSettings loopMonitor) {

	/**
	 * None of them works.
	 */
	public static final DetectorSettings OFF = new DetectorSettings(LoopMonitorSettings.OFF);

	/**
	 * Returns these settings with others of the loop monitor.
	 * @param loopMonitor how event loops are watched
	 * @return the settings
	 */
	public DetectorSettings with(LoopMonitorSettings loopMonitor) {
		return new DetectorSettings(loopMonitor);
	}

}
