package io.github.loopguard.bridge.engine.context;

import io.netty.util.concurrent.FastThreadLocalThread;
import reactor.core.scheduler.Schedulers;

/**
 * Recognizes threads that must not block.
 */
public final class NonBlockingThreads {

	private static final boolean NETTY = OptionalLibrary.present("io.netty.util.concurrent.FastThreadLocalThread");

	private NonBlockingThreads() {
	}

	public static boolean onEventLoop() {
		return Schedulers.isInNonBlockingThread() || (NETTY && Netty.onEventLoop(Thread.currentThread()));
	}

	private static final class Netty {

		static boolean onEventLoop(Thread thread) {
			return thread instanceof FastThreadLocalThread fast && !fast.permitBlockingCalls();
		}

	}

}
