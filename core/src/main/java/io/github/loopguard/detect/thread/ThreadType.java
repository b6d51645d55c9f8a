package io.github.loopguard.detect.thread;

import java.util.Set;

import io.github.loopguard.detect.stack.ClassHierarchy;

/**
 * What the class of a thread tells. It is found out once for each class.
 */
enum ThreadType {

	/**
	 * All threads of the class are event loops.
	 */
	EVENT_LOOP,

	/**
	 * A thread of Netty, of which the executor that it runs tells more.
	 */
	NETTY,

	/**
	 * A thread of a Netty that was there before its executors could be followed.
	 */
	NETTY_UNFOLLOWED,

	/**
	 * A thread of Kotlin's dispatchers, which computes or blocks by turns.
	 */
	COROUTINES,

	/**
	 * Any other thread.
	 */
	OTHER;

	private static final Set<String> EVENT_LOOPS = Set.of("reactor.core.scheduler.NonBlocking",
			"io.reactivex.rxjava3.internal.schedulers.NonBlockingThread",
			"io.reactivex.internal.schedulers.NonBlockingThread", "org.xnio.XnioIoThread",
			"jdk.internal.net.http.HttpClientImpl$SelectorManager");

	private static final String NETTY_THREAD = ".util.concurrent.FastThreadLocalThread";

	private static final ClassValue<ThreadType> TYPES = new ClassValue<>() {
		@Override
		protected ThreadType computeValue(Class<?> type) {
			return ThreadType.of(type);
		}
	};

	static ThreadType of(Thread thread) {
		return TYPES.get(thread.getClass());
	}

	/**
	 * Returns what a thread of this type is that runs no executor of Netty.
	 */
	ThreadRole withoutExecutor() {
		return switch (this) {
			case EVENT_LOOP, NETTY_UNFOLLOWED -> ThreadRole.EVENT_LOOP;
			case NETTY -> ThreadRole.MAY_BLOCK;
			case COROUTINES, OTHER -> ThreadRole.UNKNOWN;
		};
	}

	private static ThreadType of(Class<?> type) {
		if (ClassHierarchy.anyMatch(type, EVENT_LOOPS::contains)) {
			return EVENT_LOOP;
		}
		if (ClassHierarchy.anyMatch(type, CoroutineWorkers::isWorker)) {
			return COROUTINES;
		}
		if (ClassHierarchy.anyMatch(type, ThreadType::isFollowed)) {
			return NETTY;
		}
		return ClassHierarchy.anyMatch(type, (name) -> name.endsWith(NETTY_THREAD)) ? NETTY_UNFOLLOWED : OTHER;
	}

	private static boolean isFollowed(String className) {
		return className.endsWith(NETTY_THREAD)
				&& RunningExecutor.follows(className.substring(0, className.length() - NETTY_THREAD.length()));
	}

}
