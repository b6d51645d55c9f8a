package io.github.loopguard.detect;

import java.util.function.Predicate;

import reactor.core.scheduler.NonBlocking;

/**
 * Tells which threads are event loops.
 *
 * @since 0.1
 */
public final class EventLoops {

	private static final boolean NETTY = isPresent("io.netty.util.internal.ThreadExecutorMap")
			&& isPresent("io.netty.channel.EventLoop");

	private static final ClassValue<Boolean> NON_BLOCKING = new ClassValue<>() {
		@Override
		protected Boolean computeValue(Class<?> type) {
			return Hierarchy.anyMatch(type, Predicate.<String>isEqual("reactor.core.scheduler.NonBlocking")
				.or("io.reactivex.rxjava3.internal.schedulers.NonBlockingThread"::equals));
		}
	};

	private static final ClassValue<Boolean> NETTY_LIKE = new ClassValue<>() {
		@Override
		protected Boolean computeValue(Class<?> type) {
			return Hierarchy.anyMatch(type, (name) -> name.endsWith(".FastThreadLocalThread"));
		}
	};

	private EventLoops() {
	}

	/**
	 * Tells whether a thread can be an event loop at all. Cheap, but Netty also gives
	 * threads of this kind to pools that may block.
	 * @param thread the thread
	 * @return whether it is worth a closer look
	 */
	public static boolean isCandidate(Thread thread) {
		return thread instanceof NonBlocking || NON_BLOCKING.get(thread.getClass())
				|| NETTY_LIKE.get(thread.getClass());
	}

	/**
	 * Tells whether the current thread is an event loop.
	 * @return whether it must not block
	 */
	static boolean isCurrent() {
		Thread thread = Thread.currentThread();
		if (thread instanceof NonBlocking || NON_BLOCKING.get(thread.getClass())) {
			return true;
		}
		if (NETTY && NettyEventLoops.isNettyThread(thread)) {
			return NettyEventLoops.isCurrent();
		}
		return NETTY_LIKE.get(thread.getClass());
	}

	private static boolean isPresent(String className) {
		try {
			Class.forName(className, false, EventLoops.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
