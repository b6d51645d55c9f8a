package io.github.loopguard.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Known violations that are tolerated.
 *
 * @since 0.2
 */
public class BaselineProperties {

	/**
	 * File with the known violations: a path, or a URL such as
	 * classpath:loopguard-baseline.json. Unless set, tests look for
	 * loopguard-baseline.json in the module and in the directories above it.
	 */
	private @Nullable String location;

	/**
	 * Use of the file. Only tests write it, if a system property or environment variable
	 * of this name is set to record or prune. An application tolerates the violations in
	 * it, unless the mode is off.
	 */
	private Mode mode = Mode.CHECK;

	public @Nullable String getLocation() {
		return this.location;
	}

	public void setLocation(@Nullable String location) {
		this.location = location;
	}

	public Mode getMode() {
		return this.mode;
	}

	public void setMode(Mode mode) {
		this.mode = mode;
	}

	/**
	 * Use of the baseline.
	 */
	public enum Mode {

		/**
		 * Tolerate the violations in it.
		 */
		CHECK,

		/**
		 * Tests add new violations.
		 */
		RECORD,

		/**
		 * Tests remove violations that no longer happen.
		 */
		PRUNE,

		/**
		 * Use no baseline.
		 */
		OFF

	}

}
