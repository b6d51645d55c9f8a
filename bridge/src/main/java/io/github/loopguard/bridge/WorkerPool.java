package io.github.loopguard.bridge;

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
 * Threads that share one queue. Giving it work takes no lock; who gives work starts at
 * most one thread.
 */
final class WorkerPool {

	private static final Logger logger = LoggerFactory.getLogger(WorkerPool.class);

	private final Queue<Runnable> ready = new ConcurrentLinkedQueue<>();

	private final Deque<Worker> idle = new ConcurrentLinkedDeque<>();

	private final AtomicInteger workers = new AtomicInteger();

	private final AtomicInteger stale = new AtomicInteger();

	private final ThreadFactory factory;

	private final int most;

	private final long keepAlive;

	private volatile boolean released;

	WorkerPool(ThreadFactory factory, int most, Duration keepAlive) {
		this.factory = factory;
		this.most = most;
		this.keepAlive = keepAlive.toNanos();
	}

	/**
	 * Runs the work on an idle thread, a new one, or the next that is free.
	 * @throws RuntimeException if the pool has no thread and gets none
	 */
	void add(Runnable work) {
		this.ready.add(work);
		wake();
	}

	/**
	 * Counts work that became void while it waited, and clears such work away before it
	 * outgrows the rest.
	 */
	void stale(int tolerated, Predicate<Runnable> isStale) {
		if (this.stale.incrementAndGet() > tolerated) {
			this.stale.set(0);
			this.ready.removeIf(isStale);
		}
	}

	/**
	 * Lets idle threads end; those at work end after it.
	 */
	void release() {
		this.released = true;
		Worker worker = this.idle.poll();
		while (worker != null) {
			worker.signal();
			worker = this.idle.poll();
		}
	}

	int size() {
		return this.workers.get();
	}

	private void wake() {
		Worker worker = this.idle.poll();
		while (worker != null) {
			if (worker.signal()) {
				return;
			}
			worker = this.idle.poll();
		}
		int now = this.workers.get();
		while (now < this.most) {
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
			logger.warn("A lane got no further thread and goes on with {}", this.workers.get(), ex);
		}
	}

	private void ended() {
		this.workers.decrementAndGet();
		if (!this.ready.isEmpty()) {
			wake();
		}
	}

	private final class Worker implements Runnable {

		private final AtomicBoolean resting = new AtomicBoolean();

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
			long giveUp = System.nanoTime() + WorkerPool.this.keepAlive;
			while (true) {
				Runnable work = WorkerPool.this.ready.poll();
				if (work != null) {
					return work;
				}
				long left = giveUp - System.nanoTime();
				if (left <= 0 || WorkerPool.this.released) {
					return null;
				}
				rest(left);
			}
		}

		private void rest(long nanos) {
			this.resting.set(true);
			WorkerPool.this.idle.push(this);
			// Work that came after the last look and before the push woke nobody.
			if (WorkerPool.this.ready.isEmpty() && !WorkerPool.this.released) {
				LockSupport.parkNanos(WorkerPool.this, nanos);
			}
			if (this.resting.compareAndSet(true, false)) {
				WorkerPool.this.idle.remove(this);
			}
		}

		private boolean signal() {
			if (this.resting.compareAndSet(true, false)) {
				LockSupport.unpark(this.thread);
				return true;
			}
			return false;
		}

	}

}
