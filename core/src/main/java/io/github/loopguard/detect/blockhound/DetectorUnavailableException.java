package io.github.loopguard.detect.blockhound;

/**
 * Thrown when the detector cannot work in this JVM; the message says what to do.
 */
final class DetectorUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	DetectorUnavailableException(String message) {
		super(message);
	}

	DetectorUnavailableException(String message, Throwable cause) {
		super(message, cause);
	}

}
