package io.github.loopguard.bridge;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the threads of a lane: daemons, named after it. They inherit nothing from the
 * caller that happened to need them first.
 */
final class LaneThreads {

	private LaneThreads() {
	}

	static ThreadFactory factory(LaneSpec spec) {
		String prefix = "lane-" + spec.name() + "-";
		if (spec.kind() == LaneKind.VIRTUAL) {
			return VirtualThreads.factory(prefix);
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

}
