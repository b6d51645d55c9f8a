package io.github.loopguard.bridge;

import io.netty.util.concurrent.FastThreadLocalThread;
import reactor.core.scheduler.Schedulers;

/**
 * Knows which threads must not block.
 */
final class NonBlockingThreads {

	private static final boolean NETTY = nettyPresent();

	private NonBlockingThreads() {
	}

	static boolean onEventLoop() {
		return Schedulers.isInNonBlockingThread() || (NETTY && Netty.onEventLoop(Thread.currentThread()));
	}

	private static boolean nettyPresent() {
		try {
			Class.forName("io.netty.util.concurrent.FastThreadLocalThread", false,
					NonBlockingThreads.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

	private static final class Netty {

		static boolean onEventLoop(Thread thread) {
			return thread instanceof FastThreadLocalThread fast && !fast.permitBlockingCalls();
		}

	}

}
