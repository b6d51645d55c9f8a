package io.github.loopguard.bridge.engine;

import java.time.Duration;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool of threads with one shared queue. Adding work takes no lock and starts at most
 * one thread.
 */
final class WorkerPool {

	private static final Logger logger = LoggerFactory.getLogger(WorkerPool.class);

	private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();

	private final Deque<Worker> idle = new ConcurrentLinkedDeque<>();

	private final AtomicInteger workers = new AtomicInteger();

	private final AtomicInteger stale = new AtomicInteger();

	private final ThreadFactory factory;

	private final int maxThreads;

	private final long keepAlive;

	private volatile boolean shutDown;

	WorkerPool(ThreadFactory factory, int maxThreads, Duration keepAlive) {
		this.factory = factory;
		this.maxThreads = maxThreads;
		this.keepAlive = keepAlive.toNanos();
	}

	/**
	 * Runs the work on an idle thread, a new one, or the next that is free.
	 * @throws RuntimeException if the pool has no thread and cannot start one
	 */
	void add(Runnable work) {
		this.queue.add(work);
		wake();
	}

	/**
	 * Counts work that was cancelled in the queue, and removes such work from the queue
	 * when there is more of it than tolerated.
	 */
	void removeStale(int tolerated, Predicate<Runnable> isStale) {
		if (this.stale.incrementAndGet() > tolerated) {
			this.stale.set(0);
			this.queue.removeIf(isStale);
		}
	}

	/**
	 * Ends idle threads now and busy threads when the queue is empty.
	 */
	void shutDown() {
		this.shutDown = true;
		for (Worker worker = this.idle.poll(); worker != null; worker = this.idle.poll()) {
			worker.signal();
		}
	}

	void restart() {
		this.shutDown = false;
	}

	int size() {
		return this.workers.get();
	}

	private void wake() {
		for (Worker worker = this.idle.poll(); worker != null; worker = this.idle.poll()) {
			if (worker.signal()) {
				return;
			}
		}
		int now = this.workers.get();
		while (now < this.maxThreads) {
			if (this.workers.compareAndSet(now, now + 1)) {
				start();
				return;
			}
			now = this.workers.get();
		}
	}

	private void start() {
		try {
			this.factory.newThread(new Worker()).start();
		}
		catch (RuntimeException | Error ex) {
			if (this.workers.decrementAndGet() == 0) {
				throw ex;
			}
			logger.warn("A lane could not start another thread and continues with {}", this.workers.get(), ex);
		}
	}

	private void ended() {
		this.workers.decrementAndGet();
		if (!this.queue.isEmpty()) {
			wake();
		}
	}

	private final class Worker implements Runnable {

		private final AtomicBoolean parked = new AtomicBoolean();

		private volatile @Nullable Thread thread;

		@Override
		public void run() {
			this.thread = Thread.currentThread();
			try {
				Runnable work = next();
				while (work != null) {
					work.run();
					work = next();
				}
			}
			finally {
				ended();
			}
		}

		private @Nullable Runnable next() {
			long deadline = System.nanoTime() + WorkerPool.this.keepAlive;
			while (true) {
				Runnable work = WorkerPool.this.queue.poll();
				if (work != null) {
					return work;
				}
				long left = deadline - System.nanoTime();
				if (left <= 0 || WorkerPool.this.shutDown) {
					return null;
				}
				park(left);
			}
		}

		private void park(long nanos) {
			this.parked.set(true);
			WorkerPool.this.idle.push(this);
			// Work added between the last poll and the push signalled no thread.
			if (WorkerPool.this.queue.isEmpty() && !WorkerPool.this.shutDown) {
				LockSupport.parkNanos(WorkerPool.this, nanos);
			}
			if (this.parked.compareAndSet(true, false)) {
				WorkerPool.this.idle.remove(this);
			}
		}

		private boolean signal() {
			if (this.parked.compareAndSet(true, false)) {
				LockSupport.unpark(this.thread);
				return true;
			}
			return false;
		}

	}

}
