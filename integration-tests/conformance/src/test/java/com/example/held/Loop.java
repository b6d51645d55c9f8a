package com.example.held;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Kinds of event loops.
 */
enum Loop {

	NETTY {

		@Override
		<T> T run(Callable<T> task) throws Exception {
			EventLoop loop = new DefaultEventLoop();
			try {
				return loop.submit(task).get(30, TimeUnit.SECONDS);
			}
			finally {
				loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
			}
		}

	},

	REACTOR {

		@Override
		<T> T run(Callable<T> task) throws Exception {
			Scheduler scheduler = Schedulers.newSingle("held");
			try {
				CompletableFuture<T> result = new CompletableFuture<>();
				scheduler.schedule(() -> {
					try {
						result.complete(task.call());
					}
					catch (Exception ex) {
						result.completeExceptionally(ex);
					}
				});
				return result.get(30, TimeUnit.SECONDS);
			}
			finally {
				scheduler.dispose();
			}
		}

	};

	abstract <T> T run(Callable<T> task) throws Exception;

}
