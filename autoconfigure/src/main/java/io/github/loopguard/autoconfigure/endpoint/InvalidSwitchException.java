package io.github.loopguard.autoconfigure.endpoint;

import io.github.loopguard.Violation;

/**
 * A setting that cannot be switched as requested.
 */
final class InvalidSwitchException extends RuntimeException {

	static final int CONFLICT = 409;

	private static final int BAD_REQUEST = 400;

	private final int status;

	private InvalidSwitchException(int status, String message) {
		super(Violation.printable(message));
		this.status = status;
	}

	/**
	 * There is no such setting or value.
	 */
	static InvalidSwitchException badRequest(String message) {
		return new InvalidSwitchException(BAD_REQUEST, message);
	}

	/**
	 * It cannot be switched in this JVM.
	 */
	static InvalidSwitchException conflict(String message) {
		return new InvalidSwitchException(CONFLICT, message);
	}

	/**
	 * Returns the status of the response.
	 */
	int status() {
		return this.status;
	}

}
