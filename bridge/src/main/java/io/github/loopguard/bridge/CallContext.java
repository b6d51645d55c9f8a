package io.github.loopguard.bridge;

import java.util.Map;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import reactor.util.context.ContextView;

/**
 * What surrounds the caller and goes with the call to the lane and back: the logging
 * context, and all that Micrometer's context-propagation knows of (observation, trace,
 * security, locale, …), from the subscriber's Reactor context or else the caller's
 * thread.
 */
@FunctionalInterface
interface CallContext {

	/**
	 * Nothing to take along.
	 */
	CallContext NONE = Runnable::run;

	/**
	 * Runs the work with the context around it.
	 */
	void run(Runnable work);

	/**
	 * Captures the context of the current thread and of a subscriber.
	 */
	static CallContext capture(ContextView subscriber) {
		return Propagation.AVAILABLE ? Propagating.capture(subscriber) : capture(MDC.getCopyOfContextMap());
	}

	private static CallContext capture(@Nullable Map<String, String> mdc) {
		return (mdc == null || mdc.isEmpty()) ? NONE : (work) -> withMdc(mdc, work);
	}

	private static void withMdc(Map<String, String> mdc, Runnable work) {
		Map<String, String> before = MDC.getCopyOfContextMap();
		MDC.setContextMap(mdc);
		try {
			work.run();
		}
		finally {
			if (before != null) {
				MDC.setContextMap(before);
			}
			else {
				MDC.clear();
			}
		}
	}

	/**
	 * Whether Micrometer's context-propagation is on the class path.
	 */
	final class Propagation {

		static final boolean AVAILABLE = available();

		private Propagation() {
		}

		private static boolean available() {
			try {
				Class.forName("io.micrometer.context.ContextSnapshotFactory", false,
						CallContext.class.getClassLoader());
				return true;
			}
			catch (ClassNotFoundException | LinkageError ex) {
				return false;
			}
		}

	}

	/**
	 * Captures by context-propagation; loaded only where that exists.
	 */
	final class Propagating {

		private static final String MDC_KEY = "cp.slf4j";

		private static final ContextSnapshotFactory FACTORY = ContextSnapshotFactory.builder().build();

		private Propagating() {
		}

		static CallContext capture(ContextView subscriber) {
			boolean mdcIsPropagated = false;
			boolean something = false;
			for (ThreadLocalAccessor<?> accessor : ContextRegistry.getInstance().getThreadLocalAccessors()) {
				mdcIsPropagated |= MDC_KEY.equals(accessor.key());
				something |= subscriber.hasKey(accessor.key()) || accessor.getValue() != null;
			}
			// The logging context goes outermost: an observation adds its ids to it.
			CallContext outer = CallContext.capture(mdcIsPropagated ? null : MDC.getCopyOfContextMap());
			return something ? within(outer, FACTORY.captureAll(subscriber)) : outer;
		}

		private static CallContext within(CallContext outer, ContextSnapshot snapshot) {
			return (work) -> outer.run(() -> {
				try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
					work.run();
				}
			});
		}

	}

}
