package com.example.fuzz;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.internal.ThreadExecutorMap;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Schedulers;

/**
 * Where programs run.
 */
public final class Loops {

	private static final EventLoop LOCAL = new DefaultEventLoop();

	private static final EventLoopGroup NIO = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

	private Loops() {
	}

	public static EventLoop local() {
		return LOCAL;
	}

	public static EventLoop nio() {
		return NIO.next();
	}

	/**
	 * Starts a thread that is no event loop; a virtual one where there are any.
	 */
	public static Executor threads() {
		return (task) -> {
			try {
				Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
			}
			catch (ReflectiveOperationException ex) {
				Thread thread = new Thread(task, "no-loop");
				thread.setDaemon(true);
				thread.start();
			}
		};
	}

	/**
	 * Starts the threads, so that no program has to.
	 */
	static void start() throws InterruptedException {
		CountDownLatch started = new CountDownLatch(6);
		for (Executor loop : List.<Executor>of(LOCAL, NIO.next(), NIO.next(), Schedulers.parallel()::schedule,
				Schedulers.parallel()::schedule, Schedulers.single()::schedule)) {
			loop.execute(started::countDown);
		}
		started.await();
	}

	static boolean isCurrent() {
		return Thread.currentThread() instanceof NonBlocking || ThreadExecutorMap.currentExecutor() != null;
	}

}
