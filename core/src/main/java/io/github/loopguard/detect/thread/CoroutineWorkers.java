package io.github.loopguard.detect.thread;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;

/**
 * The threads that {@code Dispatchers.Default} and {@code Dispatchers.IO} share. Such a
 * thread must not block while it holds one of the permits to compute, of which there are
 * as many as processors. That is what {@code kotlinx-coroutines-debug} asks, too.
 */
final class CoroutineWorkers {

	private static final String WORKER = "kotlinx.coroutines.scheduling.CoroutineScheduler$Worker";

	private static final String COMPUTES = "CPU_ACQUIRED";

	private static final ClassValue<Optional<MethodHandle>> STATES = new ClassValue<>() {
		@Override
		protected Optional<MethodHandle> computeValue(Class<?> type) {
			try {
				return Optional.of(MethodHandles.publicLookup()
					.unreflectGetter(type.getField("state"))
					.asType(MethodType.methodType(Object.class, Thread.class)));
			}
			catch (ReflectiveOperationException | RuntimeException | LinkageError ex) {
				return Optional.empty();
			}
		}
	};

	private CoroutineWorkers() {
	}

	static boolean isWorker(String className) {
		return className.equals(WORKER);
	}

	static ThreadRole role(Thread worker) {
		MethodHandle state = STATES.get(worker.getClass()).orElse(null);
		if (state == null) {
			return ThreadRole.UNKNOWN;
		}
		try {
			Object now = (Object) state.invokeExact(worker);
			return (now instanceof Enum<?> constant && constant.name().equals(COMPUTES)) ? ThreadRole.EVENT_LOOP
					: ThreadRole.MAY_BLOCK;
		}
		catch (Throwable ex) {
			return ThreadRole.UNKNOWN;
		}
	}

}
