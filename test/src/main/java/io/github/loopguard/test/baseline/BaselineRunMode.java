package io.github.loopguard.test.baseline;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What tests do with the baseline.
 */
enum BaselineRunMode {

	/**
	 * Tolerate what it has.
	 */
	CHECK,

	/**
	 * Add what it does not have, and tolerate that.
	 */
	RECORD,

	/**
	 * Tolerate what it has, and take out what does not happen any more.
	 */
	PRUNE,

	/**
	 * Do without.
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
