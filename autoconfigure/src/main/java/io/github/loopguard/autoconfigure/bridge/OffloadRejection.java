package io.github.loopguard.autoconfigure.bridge;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.bridge.BridgeException;

/**
 * Passes a rejection by a lane to a handler method. WebFlux submits the method's call as
 * a task and cannot be notified that the task will not run; so the task runs and throws
 * the rejection instead of calling the method.
 */
final class OffloadRejection {

	private static final ThreadLocal<@Nullable BridgeException> current = new ThreadLocal<>();

	private OffloadRejection() {
	}

	static void deliver(BridgeException rejection, Runnable task) {
		Schedulers.parallel().schedule(() -> {
			current.set(rejection);
			try {
				task.run();
			}
			finally {
				current.remove();
			}
		});
	}

	static boolean present() {
		return current.get() != null;
	}

	static void throwIfPresent() {
		BridgeException rejection = current.get();
		if (rejection != null) {
			throw rejection;
		}
	}

}
