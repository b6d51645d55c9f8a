package io.github.loopguard.autoconfigure.web;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Lets context propagation set the request of a thread from Reactor's context.
 */
final class PropagatedRequestAccessor implements ThreadLocalAccessor<TrackedRequest> {

	@Override
	public Object key() {
		return TrackedRequest.KEY;
	}

	@Override
	public @Nullable TrackedRequest getValue() {
		return PropagatedRequest.current();
	}

	@Override
	public void setValue(TrackedRequest request) {
		PropagatedRequest.set(request);
	}

	@Override
	public void setValue() {
		PropagatedRequest.clear();
	}

}
