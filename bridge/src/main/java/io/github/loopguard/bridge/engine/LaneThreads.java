package io.github.loopguard.bridge.engine;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.loopguard.bridge.LaneKind;
import io.github.loopguard.bridge.LaneSpec;

/**
 * Creates the threads of a lane: daemons, named after the lane. They inherit nothing from
 * the thread that starts them.
 */
final class LaneThreads {

	private LaneThreads() {
	}

	static ThreadFactory factory(LaneSpec.Limits spec, String separator) {
		String prefix = "lane-" + spec.name() + separator;
		if (spec.kind() == LaneKind.VIRTUAL) {
			return virtualThreads(prefix);
		}
		AtomicInteger number = new AtomicInteger();
		ClassLoader definer = Thread.currentThread().getContextClassLoader();
		return (work) -> {
			Thread thread = new Thread(null, work, prefix + number.incrementAndGet(), 0, false);
			thread.setDaemon(true);
			thread.setPriority(Thread.NORM_PRIORITY);
			thread.setContextClassLoader(definer);
			return thread;
		};
	}

	/**
	 * Uses reflection because the code is compiled for Java 17; {@link LaneSpec} rejects
	 * virtual threads on JDKs without them.
	 */
	private static ThreadFactory virtualThreads(String prefix) {
		try {
			Class<?> builder = Class.forName("java.lang.Thread$Builder");
			Object named = builder.getMethod("name", String.class, long.class)
				.invoke(Thread.class.getMethod("ofVirtual").invoke(null), prefix, 1L);
			return (ThreadFactory) builder.getMethod("factory").invoke(named);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("No virtual threads on JDK " + Runtime.version().feature(), ex);
		}
	}

}
