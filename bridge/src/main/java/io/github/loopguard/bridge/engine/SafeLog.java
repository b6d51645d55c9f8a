package io.github.loopguard.bridge.engine;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Logs where the work has to go on, also if the logger is what is broken.
 */
final class SafeLog {

	private SafeLog() {
	}

	static void error(Logger logger, String message, @Nullable Object argument, Throwable thrown) {
		try {
			logger.error(message, argument, thrown);
		}
		catch (Throwable ex) {
			// There is nobody left to tell.
		}
	}

	static void warn(Logger logger, String message, @Nullable Object argument, Throwable thrown) {
		try {
			logger.warn(message, argument, thrown);
		}
		catch (Throwable ex) {
			// There is nobody left to tell.
		}
	}

}
