package io.github.loopguard.detect.blockhound;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.DetectorStatus.State;

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
	 * Returns the status of the detector.
	 * @param detector its name
	 */
	DetectorStatus status(String detector) {
		return new DetectorStatus(detector, State.UNAVAILABLE, getMessage(), this.missingOption);
	}

}
