package io.github.loopguard.detect.thread;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Which kind of Netty's executors the current thread runs, if any. A Netty on Loopguard's
 * class path is asked; of relocated ones, {@link ExecutorWeaver woven code} tells.
 */
public final class RunningExecutor {

	private static final int LIMIT = 64;

	private static final boolean NETTY = isPresent("io.netty.util.internal.ThreadExecutorMap")
			&& isPresent("io.netty.util.internal.InternalThreadLocalMap") && isPresent("io.netty.channel.EventLoop");

	private static final ThreadLocal<@Nullable ThreadRole> CURRENT = new ThreadLocal<>();

	private static final Set<String> FOLLOWED = ConcurrentHashMap.newKeySet();

	private RunningExecutor() {
	}

	/**
	 * Called by way of woven code when the current thread begins or ends to run an
	 * executor.
	 * @param role what the thread is from now on
	 */
	public static void changed(ThreadRole role) {
		CURRENT.set(role);
	}

	/**
	 * Returns what the executor of the current thread tells.
	 * @return the role of the thread, unknown if it runs no executor of Netty
	 */
	static ThreadRole role() {
		ThreadRole told = CURRENT.get();
		if (told != null && told != ThreadRole.UNKNOWN) {
			return told;
		}
		return NETTY ? NettyExecutors.role() : ThreadRole.UNKNOWN;
	}

	/**
	 * Notes that a Netty is woven before it has any threads.
	 * @param netty name of its base package
	 */
	static void follow(String netty) {
		if (FOLLOWED.size() < LIMIT) {
			FOLLOWED.add(netty);
		}
	}

	/**
	 * Returns whether a thread of a Netty that runs no executor is known to run none.
	 * @param netty name of its base package
	 */
	static boolean follows(String netty) {
		return (NETTY && netty.equals("io.netty")) || FOLLOWED.contains(netty);
	}

	private static boolean isPresent(String className) {
		try {
			Class.forName(className, false, RunningExecutor.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
