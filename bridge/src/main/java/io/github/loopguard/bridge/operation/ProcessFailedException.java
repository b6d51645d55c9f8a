package io.github.loopguard.bridge.operation;

import java.io.IOException;
import java.util.List;

/**
 * A program ended with an exit code other than zero.
 *
 * @since 0.1
 */
public final class ProcessFailedException extends IOException {

	private final int exitCode;

	ProcessFailedException(List<String> command, int exitCode) {
		// Arguments may be secrets.
		super("'" + command.get(0) + "' ended with exit code " + exitCode);
		this.exitCode = exitCode;
	}

	/**
	 * Returns the exit code.
	 * @return the exit code, not zero
	 */
	public int exitCode() {
		return this.exitCode;
	}

}
