package org.acme.pool;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An executor of a library that nothing shows to be one, with a run loop in one class and
 * a queue in another.
 */
public final class Pool {

	private final Tasks tasks = new Tasks();

	private final Thread thread;

	public Pool(String name) {
		this.thread = new Thread(this::work, name);
		this.thread.setDaemon(true);
		this.thread.start();
	}

	public void execute(Runnable task) {
		this.tasks.add(task);
	}

	public void stop() {
		this.thread.interrupt();
	}

	private void work() {
		try {
			while (true) {
				Runnable task = this.tasks.next();
				if (task != null) {
					task.run();
				}
			}
		}
		catch (InterruptedException ex) {
			// It is stopped.
		}
	}

	private static final class Tasks {

		private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();

		void add(Runnable task) {
			this.queue.add(task);
		}

		Runnable next() throws InterruptedException {
			return this.queue.poll(1, TimeUnit.HOURS);
		}

	}

}
