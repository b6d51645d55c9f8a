package io.github.loopguard.detect;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

import reactor.core.scheduler.NonBlocking;

import io.github.loopguard.detect.stack.ClassHierarchy;

/**
 * The one answer to which threads are event loops.
 *
 * @since 0.1
 */
public final class EventLoops {

	private static final boolean NETTY = isPresent("io.netty.util.internal.ThreadExecutorMap")
			&& isPresent("io.netty.channel.EventLoop");

	private static final ClassValue<Boolean> NON_BLOCKING = new ClassValue<>() {
		@Override
		protected Boolean computeValue(Class<?> type) {
			return ClassHierarchy.anyMatch(type, Predicate.<String>isEqual("reactor.core.scheduler.NonBlocking")
				.or("io.reactivex.rxjava3.internal.schedulers.NonBlockingThread"::equals));
		}
	};

	private static final ClassValue<Boolean> NETTY_LIKE = new ClassValue<>() {
		@Override
		protected Boolean computeValue(Class<?> type) {
			return ClassHierarchy.anyMatch(type, (name) -> name.endsWith(".FastThreadLocalThread"));
		}
	};

	private static volatile ThreadNames loops = ThreadNames.NONE.and(List.of("aws-java-sdk-NettyEventLoop-*"));

	private static volatile ThreadNames others = ThreadNames.NONE;

	private EventLoops() {
	}

	/**
	 * Adds threads by name whose class does not show what they are. Applies to threads
	 * that have not yet met a hook.
	 * @param eventLoops patterns of the names of threads that are event loops, in which
	 * an asterisk stands for anything
	 * @param blocking patterns of the names of threads that may block, whatever they are
	 * otherwise
	 */
	public static synchronized void add(Collection<String> eventLoops, Collection<String> blocking) {
		loops = loops.and(eventLoops);
		others = others.and(blocking);
	}

	/**
	 * Returns whether a thread may block, even if it looks like an event loop.
	 * @param thread the thread
	 * @return whether it was named as such
	 */
	public static boolean mayBlock(Thread thread) {
		return others.match(thread);
	}

	/**
	 * Returns whether a thread can be an event loop at all. Cheap, but Netty also gives
	 * threads of this kind to pools that may block.
	 * @param thread the thread
	 * @return whether it is worth a closer look
	 */
	public static boolean isCandidate(Thread thread) {
		return thread instanceof NonBlocking || NON_BLOCKING.get(thread.getClass()) || NETTY_LIKE.get(thread.getClass())
				|| loops.match(thread);
	}

	/**
	 * Returns whether the current thread is an event loop.
	 * @return whether it must not block
	 */
	static boolean isCurrent() {
		Thread thread = Thread.currentThread();
		if (others.match(thread)) {
			return false;
		}
		if (thread instanceof NonBlocking || NON_BLOCKING.get(thread.getClass()) || loops.match(thread)) {
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
