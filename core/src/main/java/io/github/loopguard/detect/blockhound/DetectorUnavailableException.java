package io.github.loopguard.detect.blockhound;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.JvmOption;

/**
 * Thrown if the detector cannot work in this JVM. The message includes a remedy.
 */
final class DetectorUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient @Nullable JvmOption missingOption;

	DetectorUnavailableException(String message) {
		this(message, null, null);
	}

	DetectorUnavailableException(String message, @Nullable JvmOption missingOption, @Nullable Throwable cause) {
		super(message, cause);
		this.missingOption = missingOption;
	}

	/**
	 * Returns the JVM option that would help, or {@code null} if there is none.
	 */
	@Nullable JvmOption missingOption() {
		return this.missingOption;
	}

}
