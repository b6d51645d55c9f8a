package io.github.loopguard.autoconfigure.web;

import io.micrometer.context.ContextRegistry;
import org.springframework.beans.factory.DisposableBean;

/**
 * Lets the current request follow its work to other threads. Only where Reactor sets
 * thread-locals by itself: an accessor costs each request some kilobytes, because
 * observations set all thread-locals for each signal.
 */
final class RequestPropagation implements DisposableBean {

	private static final JvmRegistration ACCESSOR = new JvmRegistration(
			() -> ContextRegistry.getInstance().registerThreadLocalAccessor(new PropagatedRequestAccessor()),
			() -> ContextRegistry.getInstance().removeThreadLocalAccessor(TrackedRequest.KEY));

	private final boolean active;

	RequestPropagation(boolean active) {
		this.active = active;
		if (active) {
			ACCESSOR.add();
		}
	}

	@Override
	public void destroy() {
		if (this.active) {
			ACCESSOR.remove();
		}
	}

}
