package io.github.loopguard.detect;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.internal.ThreadExecutorMap;

/**
 * Distinguishes Netty's event loops from the other threads that Netty creates, such as
 * those of an executor group that exists to run blocking handlers. Loaded only with
 * Netty.
 */
final class NettyEventLoops {

	private NettyEventLoops() {
	}

	static boolean isNettyThread(Thread thread) {
		return thread instanceof FastThreadLocalThread;
	}

	static boolean isCurrent() {
		return ThreadExecutorMap.currentExecutor() instanceof EventLoop;
	}

}
