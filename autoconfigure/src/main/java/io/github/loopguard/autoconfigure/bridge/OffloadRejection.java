package io.github.loopguard.autoconfigure.bridge;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.bridge.BridgeException;

/**
 * Brings a refusal of a lane to a handler method that never got a thread. WebFlux hands
 * out the method's call as a task and knows of no way to tell it that the task will not
 * run; so it runs, and finds the refusal in place of the method's body.
 */
final class OffloadRejection {

	private static final ThreadLocal<@Nullable BridgeException> current = new ThreadLocal<>();

	private OffloadRejection() {
	}

	static void deliver(BridgeException refusal, Runnable task) {
		Schedulers.parallel().schedule(() -> {
			current.set(refusal);
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
		BridgeException refusal = current.get();
		if (refusal != null) {
			throw refusal;
		}
	}

}
