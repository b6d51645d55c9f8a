package io.github.loopguard.test.baseline;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a test run uses the baseline.
 */
enum BaselineRunMode {

	/**
	 * Tolerate the violations in it.
	 */
	CHECK,

	/**
	 * Add new violations, and tolerate them.
	 */
	RECORD,

	/**
	 * Tolerate the violations in it, and remove those that no longer happen.
	 */
	PRUNE,

	/**
	 * Use no baseline.
	 */
	OFF;

	static Optional<BaselineRunMode> find(String name) {
		return Stream.of(values()).filter((mode) -> mode.toString().equalsIgnoreCase(name.strip())).findFirst();
	}

	boolean writes() {
		return this == RECORD || this == PRUNE;
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
