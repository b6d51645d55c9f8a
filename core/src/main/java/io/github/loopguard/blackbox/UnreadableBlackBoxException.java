package io.github.loopguard.blackbox;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a file is no black box that can be read. The message names the reason.
 *
 * @since 0.2
 */
public class UnreadableBlackBoxException extends RuntimeException {

	UnreadableBlackBoxException(String message) {
		this(message, null);
	}

	UnreadableBlackBoxException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
