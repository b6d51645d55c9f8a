package io.github.loopguard.cli;

/**
 * What was given cannot be used. The message says why and what to do.
 */
final class UnusableInputException extends RuntimeException {

	UnusableInputException(String message) {
		super(message);
	}

}
