package io.github.loopguard.detect.blockhound;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.DetectorStatus;

/**
 * Thrown if the detector cannot work in this JVM. The message includes a remedy.
 */
final class DetectorUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient DetectorStatus.@Nullable JvmOption missingOption;

	DetectorUnavailableException(String message) {
		this(message, null, null);
	}

	DetectorUnavailableException(String message, DetectorStatus.@Nullable JvmOption missingOption,
			@Nullable Throwable cause) {
		super(message, cause);
		this.missingOption = missingOption;
	}

	/**
	 * Returns the JVM option that would help, or {@code null} if there is none.
	 */
	DetectorStatus.@Nullable JvmOption missingOption() {
		return this.missingOption;
	}

}
