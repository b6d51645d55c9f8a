package io.github.loopguard.bridge.engine.context;

import java.util.Map;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import reactor.util.context.ContextView;

/**
 * The caller's context, propagated to the lane and back: the logging context, and the
 * values registered with Micrometer's context-propagation (observation, trace, security,
 * locale, …), from the subscriber's Reactor context or else the caller's thread.
 */
@FunctionalInterface
public interface CallContext {

	CallContext NONE = Runnable::run;

	/**
	 * A context in which nothing is set, whatever is on the thread.
	 */
	CallContext EMPTY = (work) -> withMdc(Map.of(), () -> {
		if (CallContext.PROPAGATION) {
			Propagating.runInNone(work);
		}
		else {
			work.run();
		}
	});

	/**
	 * Whether Micrometer's context-propagation is on the class path.
	 */
	boolean PROPAGATION = OptionalLibrary.present("io.micrometer.context.ContextSnapshotFactory");

	void run(Runnable work);

	/**
	 * Captures the context of the current thread and of a subscriber.
	 */
	static CallContext capture(ContextView subscriber) {
		return PROPAGATION ? Propagating.capture(subscriber) : capture(MDC.getCopyOfContextMap());
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
	 * Captures by context-propagation; loaded only where that is on the class path.
	 */
	final class Propagating {

		private static final String MDC_KEY = "cp.slf4j";

		private static final ContextSnapshotFactory FACTORY = ContextSnapshotFactory.builder().build();

		private static final ContextSnapshotFactory CLEARING = ContextSnapshotFactory.builder()
			.clearMissing(true)
			.build();

		private Propagating() {
		}

		static CallContext capture(ContextView subscriber) {
			boolean mdcIsPropagated = false;
			boolean propagated = false;
			for (ThreadLocalAccessor<?> accessor : ContextRegistry.getInstance().getThreadLocalAccessors()) {
				mdcIsPropagated |= MDC_KEY.equals(accessor.key());
				propagated |= subscriber.hasKey(accessor.key()) || accessor.getValue() != null;
			}
			// The logging context is the outermost: an observation adds its ids to it.
			CallContext outer = CallContext.capture(mdcIsPropagated ? null : MDC.getCopyOfContextMap());
			return propagated ? within(outer, FACTORY.captureAll(subscriber)) : outer;
		}

		static void runInNone(Runnable work) {
			try (ContextSnapshot.Scope scope = CLEARING.captureFrom().setThreadLocals()) {
				work.run();
			}
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
