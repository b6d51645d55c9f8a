package io.github.loopguard.bridge.engine.context;

import java.util.function.BooleanSupplier;

import io.netty.channel.EventLoop;
import io.netty.util.internal.InternalThreadLocalMap;
import io.netty.util.internal.ThreadExecutorMap;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.bridge.EventLoopThreads;

/**
 * Recognizes threads that must not block.
 */
public final class NonBlockingThreads {

	private static final boolean NETTY = OptionalLibrary.present("io.netty.util.internal.ThreadExecutorMap")
			&& OptionalLibrary.present("io.netty.channel.EventLoop");

	private NonBlockingThreads() {
	}

	public static boolean onEventLoop() {
		BooleanSupplier recognizer = EventLoopThreads.recognizer();
		return (recognizer != null) ? recognizer.getAsBoolean()
				: Schedulers.isInNonBlockingThread() || (NETTY && Netty.onEventLoop());
	}

	private static final class Netty {

		static boolean onEventLoop() {
			return InternalThreadLocalMap.getIfSet() != null
					&& ThreadExecutorMap.currentExecutor() instanceof EventLoop;
		}

	}

}
