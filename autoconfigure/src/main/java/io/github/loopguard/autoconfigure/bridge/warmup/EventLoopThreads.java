package io.github.loopguard.autoconfigure.bridge.warmup;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.NonBlocking;

import org.springframework.util.ClassUtils;

/**
 * Recognizes event loops by thread id, because a recorded event has no more.
 */
final class EventLoopThreads {

	private static final @Nullable Class<?> NETTY_THREAD = nettyThread();

	private EventLoopThreads() {
	}

	static boolean contains(long id) {
		ThreadGroup root = Thread.currentThread().getThreadGroup();
		while (root.getParent() != null) {
			root = root.getParent();
		}
		Thread[] threads = new Thread[root.activeCount() * 2 + 10];
		int count = root.enumerate(threads);
		for (int i = 0; i < count; i++) {
			Thread thread = threads[i];
			if (thread != null && thread.getId() == id) {
				return thread instanceof NonBlocking || (NETTY_THREAD != null && NETTY_THREAD.isInstance(thread));
			}
		}
		return false;
	}

	private static @Nullable Class<?> nettyThread() {
		String name = "io.netty.util.concurrent.FastThreadLocalThread";
		ClassLoader classLoader = EventLoopThreads.class.getClassLoader();
		return ClassUtils.isPresent(name, classLoader) ? ClassUtils.resolveClassName(name, classLoader) : null;
	}

}
