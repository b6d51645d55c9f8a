package io.github.loopguard.runtime;

import io.github.loopguard.blackbox.BlackBoxSettings;
import io.github.loopguard.detect.flight.FlightRecorderSettings;
import io.github.loopguard.detect.loop.LoopMonitorSettings;

/**
 * The settings of the detectors that look from outside.
 *
 * @param loopMonitor how event loops are watched
 * @param blackBox what is recorded of them in a file
 * @param flightRecorder how the JVM's flight recorder is read
 * @since 0.2
 */
public record DetectorSettings(LoopMonitorSettings loopMonitor, BlackBoxSettings blackBox,
		FlightRecorderSettings flightRecorder) {

	/**
	 * None of them works.
	 */
	public static final DetectorSettings OFF = new DetectorSettings(LoopMonitorSettings.OFF, BlackBoxSettings.OFF,
			FlightRecorderSettings.OFF);

	/**
	 * Returns these settings with others of the loop monitor.
	 * @param loopMonitor how event loops are watched
	 * @return the settings
	 */
	public DetectorSettings with(LoopMonitorSettings loopMonitor) {
		return new DetectorSettings(loopMonitor, this.blackBox, this.flightRecorder);
	}

	/**
	 * Returns these settings with others of the black box.
	 * @param blackBox what is recorded of event loops in a file
	 * @return the settings
	 */
	public DetectorSettings with(BlackBoxSettings blackBox) {
		return new DetectorSettings(this.loopMonitor, blackBox, this.flightRecorder);
	}

	/**
	 * Returns these settings with others of the flight recorder detector.
	 * @param flightRecorder how the JVM's flight recorder is read
	 * @return the settings
	 */
	public DetectorSettings with(FlightRecorderSettings flightRecorder) {
		return new DetectorSettings(this.loopMonitor, this.blackBox, flightRecorder);
	}

}
