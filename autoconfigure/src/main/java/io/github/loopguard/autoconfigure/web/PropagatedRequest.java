package io.github.loopguard.autoconfigure.web;

import org.jspecify.annotations.Nullable;

/**
 * The request that context propagation has set for the current thread.
 */
final class PropagatedRequest {

	private static final ThreadLocal<TrackedRequest> CURRENT = new ThreadLocal<>();

	private PropagatedRequest() {
	}

	static @Nullable TrackedRequest current() {
		return CURRENT.get();
	}

	static void set(TrackedRequest request) {
		CURRENT.set(request);
	}

	static void clear() {
		CURRENT.remove();
	}

}
