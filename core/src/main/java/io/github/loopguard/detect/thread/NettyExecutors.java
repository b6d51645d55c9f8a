package io.github.loopguard.detect.thread;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.internal.InternalThreadLocalMap;
import io.netty.util.internal.ThreadExecutorMap;

/**
 * Distinguishes Netty's event loops from its other executors, such as a group that exists
 * to run blocking handlers. Loaded only with Netty.
 */
final class NettyExecutors {

	private NettyExecutors() {
	}

	static ThreadRole role() {
		if (InternalThreadLocalMap.getIfSet() == null) {
			return ThreadRole.UNKNOWN;
		}
		EventExecutor executor = ThreadExecutorMap.currentExecutor();
		if (executor == null) {
			return ThreadRole.UNKNOWN;
		}
		return (executor instanceof EventLoop || executor instanceof GlobalEventExecutor) ? ThreadRole.EVENT_LOOP
				: ThreadRole.MAY_BLOCK;
	}

}
