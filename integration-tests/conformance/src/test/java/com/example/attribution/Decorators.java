package com.example.attribution;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

import reactor.core.scheduler.NonBlocking;

/**
 * Code of the application that runs tasks of others, in the ways people write it.
 */
final class Decorators {

	private static final ThreadLocal<String> USER = new ThreadLocal<>();

	private Decorators() {
	}

	/**
	 * Runs each task with the submitter's thread-local.
	 */
	record UserExecutor(Executor delegate) implements Executor {

		@Override
		public void execute(Runnable command) {
			String user = USER.get();
			this.delegate.execute(() -> {
				USER.set(user);
				try {
					command.run();
				}
				finally {
					USER.remove();
				}
			});
		}

	}

	/**
	 * A task around another one.
	 */
	record UserTask(Runnable delegate) implements Runnable {

		@Override
		public void run() {
			USER.set("me");
			this.delegate.run();
		}

	}

	/**
	 * A task around one that returns something.
	 */
	static Runnable discarding(Callable<?> task) {
		return () -> {
			try {
				task.call();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		};
	}

	static Runnable asUser(Runnable task) {
		return () -> runAsUser(task);
	}

	private static void runAsUser(Runnable task) {
		USER.set("me");
		task.run();
	}

	/**
	 * Runs what it finds in its queue.
	 */
	static final class Worker extends Thread implements NonBlocking {

		private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

		void execute(Runnable task) {
			this.tasks.add(task);
			start();
		}

		@Override
		public void run() {
			Runnable task = this.tasks.poll();
			if (task != null) {
				task.run();
			}
		}

	}

}
