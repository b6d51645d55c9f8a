package com.example.threads;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.UnorderedThreadPoolEventExecutor;

import static com.example.threads.LibraryThread.loop;
import static com.example.threads.LibraryThread.pool;

/**
 * Threads of Netty, with every transport that this machine has.
 */
final class NettyThreads {

	private NettyThreads() {
	}

	static List<LibraryThread> all() {
		return List.of(
				loop("Netty", "multiThreadIoEventLoopGroup-*", "NIO transport", group(NioIoHandler.newFactory())),
				loop("Netty", "multiThreadIoEventLoopGroup-*", "epoll transport",
						(task) -> new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()).execute(task))
					.where(Epoll.isAvailable()),
				loop("Netty", "multiThreadIoEventLoopGroup-*", "io_uring transport",
						(task) -> new MultiThreadIoEventLoopGroup(1, IoUringIoHandler.newFactory()).execute(task))
					.where(IoUring.isAvailable()),
				loop("Netty", "multiThreadIoEventLoopGroup-*", "local transport", group(LocalIoHandler.newFactory())),
				loop("Netty", "defaultEventLoopGroup-*", "`DefaultEventLoopGroup`",
						(task) -> new DefaultEventLoopGroup(1).execute(task)),
				loop("Netty", "factory", "a group with a `ThreadFactory` of plain threads",
						(task) -> group((ThreadFactory) (work) -> new Thread(work, "factory")).execute(task)),
				loop("Netty", "used-*", "a group with an `Executor`, whose threads have done other work before",
						NettyThreads::onUsedThread),
				loop("Netty", "manual", "`ManualIoEventLoop` on a plain thread, while it runs",
						NettyThreads::onManualLoop),
				pool("Netty", "manual", "the same thread between two runs", NettyThreads::betweenRuns),
				loop("Netty", "globalEventExecutor-*", "`GlobalEventExecutor`, one thread for the JVM",
						GlobalEventExecutor.INSTANCE::execute),
				loop("Netty", "wheel-*", "`HashedWheelTimer`, one thread for all timeouts",
						(task) -> new HashedWheelTimer(new DefaultThreadFactory("wheel"), 1, TimeUnit.MILLISECONDS)
							.newTimeout((timeout) -> task.run(), 1, TimeUnit.MILLISECONDS)),
				pool("Netty", "defaultEventExecutorGroup-*", "`DefaultEventExecutorGroup`, for handlers that block",
						(task) -> new DefaultEventExecutorGroup(1).execute(task)),
				pool("Netty", "unorderedThreadPoolEventExecutor-*", "`UnorderedThreadPoolEventExecutor`",
						(task) -> new UnorderedThreadPoolEventExecutor(1).execute(task)),
				pool("Netty", "factory-*", "any other pool with a `DefaultThreadFactory`",
						(task) -> Executors.newSingleThreadExecutor(new DefaultThreadFactory("factory"))
							.execute(task)));
	}

	private static LibraryThread.Entrance group(IoHandlerFactory transport) {
		return (task) -> new MultiThreadIoEventLoopGroup(1, transport).execute(task);
	}

	private static Executor group(ThreadFactory threads) {
		return new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory());
	}

	private static void onUsedThread(Runnable task) throws Exception {
		ExecutorService pool = Executors.newSingleThreadExecutor((work) -> new Thread(work, "used-1"));
		pool.submit(() -> {
			Thread.sleep(1);
			return null;
		}).get();
		new MultiThreadIoEventLoopGroup(1, (Executor) pool, NioIoHandler.newFactory()).execute(task);
	}

	private static void onManualLoop(Runnable task) throws Exception {
		manualLoop((loop) -> {
			loop.execute(task);
			loop.runNow();
		});
	}

	private static void betweenRuns(Runnable task) throws Exception {
		manualLoop((loop) -> {
			loop.execute(() -> {
			});
			loop.runNow();
			task.run();
		});
	}

	private static void manualLoop(java.util.function.Consumer<ManualIoEventLoop> user) {
		new Thread(() -> {
			try {
				Thread.sleep(1);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			user.accept(new ManualIoEventLoop(Thread.currentThread(), NioIoHandler.newFactory()));
		}, "manual").start();
	}

}
