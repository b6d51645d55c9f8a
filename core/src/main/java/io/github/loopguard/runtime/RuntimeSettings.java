package io.github.loopguard.runtime;

import io.github.loopguard.policy.Policy;

/**
 * What can be switched while the JVM runs.
 *
 * @param detectors how the detectors work that look from outside
 * @param policy what is done about blocking calls
 * @param muted whether what BlockHound finds is ignored
 * @since 0.2
 */
public record RuntimeSettings(DetectorSettings detectors, Policy policy, boolean muted) {

	/**
	 * Returns these settings with others of the detectors.
	 * @param detectors how the detectors work that look from outside
	 * @return the settings
	 */
	public RuntimeSettings with(DetectorSettings detectors) {
		return new RuntimeSettings(detectors, this.policy, this.muted);
	}

	/**
	 * Returns these settings with another policy.
	 * @param policy what is done about blocking calls
	 * @return the settings
	 */
	public RuntimeSettings with(Policy policy) {
		return new RuntimeSettings(this.detectors, policy, this.muted);
	}

	/**
	 * Returns these settings with BlockHound muted or not.
	 * @param muted whether what BlockHound finds is ignored
	 * @return the settings
	 */
	public RuntimeSettings muted(boolean muted) {
		return new RuntimeSettings(this.detectors, this.policy, muted);
	}

}
