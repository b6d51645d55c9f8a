package io.github.loopguard.runtime;

import io.github.loopguard.blackbox.BlackBoxSettings;
import io.github.loopguard.detect.loop.LoopMonitorSettings;

/**
 * The settings of the detectors that look from outside.
 *
 * @param loopMonitor how event loops are watched
 * @param blackBox what is recorded of them in a file
 * @since 0.2
 */
public record DetectorSettings(LoopMonitorSettings loopMonitor, BlackBoxSettings blackBox) {

	/**
	 * None of them works.
	 */
	public static final DetectorSettings OFF = new DetectorSettings(LoopMonitorSettings.OFF, BlackBoxSettings.OFF);

	/**
	 * Returns these settings with others of the loop monitor.
	 * @param loopMonitor how event loops are watched
	 * @return the settings
	 */
	public DetectorSettings with(LoopMonitorSettings loopMonitor) {
		return new DetectorSettings(loopMonitor, this.blackBox);
	}

	/**
	 * Returns these settings with others of the black box.
	 * @param blackBox what is recorded of event loops in a file
	 * @return the settings
	 */
	public DetectorSettings with(BlackBoxSettings blackBox) {
		return new DetectorSettings(this.loopMonitor, blackBox);
	}

}
