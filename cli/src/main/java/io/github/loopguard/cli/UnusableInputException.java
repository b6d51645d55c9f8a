package io.github.loopguard.cli;

/**
 * Thrown when an argument cannot be used. The message names the reason and the remedy.
 */
final class UnusableInputException extends RuntimeException {

	UnusableInputException(String message) {
		super(message);
	}

}
