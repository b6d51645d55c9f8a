package com.acme.shop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import com.example.fuzz.Blocks;
import com.example.fuzz.Call;
import com.example.fuzz.Numbered;
import com.example.fuzz.Probe;

/**
 * Waits for a time, a lock or a thread.
 */
final class Waits {

	private Waits() {
	}

	@Numbered(from = 2, to = 20)
	@Blocks("sleep java.lang.Thread.sleep")
	static Call sleep(Probe probe) {
		return () -> Thread.sleep(probe.millis());
	}

	@Numbered(to = 5)
	@Blocks("sleep java.lang.Thread.sleep")
	static Call sleepNanos(Probe probe) {
		return () -> Thread.sleep(probe.millis(), 1);
	}

	@Numbered(to = 5)
	@Blocks("sleep java.util.concurrent.TimeUnit.sleep")
	static Call timeUnit(Probe probe) {
		return () -> TimeUnit.MILLISECONDS.sleep(probe.millis());
	}

	@Blocks("sleep java.lang.Thread.sleep")
	static Call interruptedSleep(Probe probe) {
		return () -> {
			Thread.currentThread().interrupt();
			Thread.sleep(60_000);
		};
	}

	@Numbered(to = 5)
	@Blocks("sleep java.util.concurrent.locks.LockSupport.parkNanos")
	static Call parkNanos(Probe probe) {
		return () -> LockSupport.parkNanos(probe.nanos());
	}

	@Numbered(to = 5)
	@Blocks("thread-park java.util.concurrent.CountDownLatch.await")
	static Call latch(Probe probe) {
		return () -> new CountDownLatch(1).await(probe.millis(), TimeUnit.MILLISECONDS);
	}

	@Numbered(to = 5)
	@Blocks("thread-park java.util.concurrent.CompletableFuture.get")
	static Call future(Probe probe) {
		return () -> new CompletableFuture<>().get(probe.millis(), TimeUnit.MILLISECONDS);
	}

	@Numbered(to = 5)
	@Blocks("thread-park java.util.concurrent.FutureTask.get")
	static Call futureTask(Probe probe) {
		return () -> new FutureTask<>(() -> 1).get(probe.millis(), TimeUnit.MILLISECONDS);
	}

	@Numbered(to = 5)
	@Blocks("thread-park java.util.concurrent.LinkedBlockingQueue.poll")
	static Call queue(Probe probe) {
		return () -> new LinkedBlockingQueue<>().poll(probe.millis(), TimeUnit.MILLISECONDS);
	}

	@Numbered(to = 5)
	@Blocks("thread-park java.util.concurrent.SynchronousQueue.poll")
	static Call handOver(Probe probe) {
		return () -> new SynchronousQueue<>().poll(probe.millis(), TimeUnit.MILLISECONDS);
	}

	@Numbered(to = 5)
	@Blocks("thread-park java.util.concurrent.Semaphore.tryAcquire")
	static Call semaphore(Probe probe) {
		return () -> new Semaphore(0).tryAcquire(probe.millis(), TimeUnit.MILLISECONDS);
	}

	@Numbered(to = 5)
	@Blocks("thread-park java.util.concurrent.locks.ReentrantLock.tryLock")
	static Call lock(Probe probe) {
		return () -> probe.fixture().lock().tryLock(probe.millis(), TimeUnit.MILLISECONDS);
	}

	@Numbered(to = 5)
	@Blocks("thread-park java.util.concurrent.locks.AbstractQueuedSynchronizer.ConditionObject.awaitNanos")
	static Call condition(Probe probe) {
		return () -> {
			ReentrantLock lock = new ReentrantLock();
			lock.lock();
			lock.newCondition().awaitNanos(probe.nanos());
		};
	}

	@Numbered(to = 5)
	@Blocks("thread-park java.util.concurrent.Exchanger.exchange")
	static Call exchanger(Probe probe) {
		return () -> new Exchanger<>().exchange(1, probe.millis(), TimeUnit.MILLISECONDS);
	}

	@Numbered(to = 5)
	@Blocks("thread-park java.util.concurrent.CyclicBarrier.await")
	static Call barrier(Probe probe) {
		return () -> new CyclicBarrier(2).await(probe.millis(), TimeUnit.MILLISECONDS);
	}

	@Numbered(to = 5)
	@Blocks("thread-park java.util.concurrent.Phaser.awaitAdvanceInterruptibly")
	static Call phaser(Probe probe) {
		return () -> new Phaser(1).awaitAdvanceInterruptibly(0, probe.millis(), TimeUnit.MILLISECONDS);
	}

	@Numbered(to = 5)
	@Blocks("monitor-wait java.lang.Object.wait")
	static Call monitor(Probe probe) {
		return () -> {
			Object monitor = new Object();
			synchronized (monitor) {
				monitor.wait(probe.millis());
			}
		};
	}

	@Numbered(to = 5)
	@Blocks("monitor-wait java.lang.Thread.join")
	static Call thread(Probe probe) {
		return () -> probe.fixture().thread().join(probe.millis());
	}

}
