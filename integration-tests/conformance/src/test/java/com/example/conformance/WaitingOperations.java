package com.example.conformance;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import org.awaitility.Awaitility;
import org.springframework.stereotype.Component;

/**
 * Sleeps, and waits for other threads.
 */
@Component
class WaitingOperations implements Operations {

	/** Long enough for the loop monitor. */
	private static final Duration STALL = Duration.ofMillis(250);

	@Blocks(rule = "sleep", api = "java.lang.Thread.sleep")
	void sleep() throws InterruptedException {
		Thread.sleep(1);
	}

	@Blocks(rule = "sleep", api = "java.lang.Thread.sleep")
	void sleepNanos() throws InterruptedException {
		Thread.sleep(1, 500_000);
	}

	@Blocks(rule = "sleep", api = "java.util.concurrent.TimeUnit.sleep")
	void timeUnitSleep() throws InterruptedException {
		TimeUnit.MILLISECONDS.sleep(1);
	}

	@Blocks(rule = "sleep", api = "java.util.concurrent.locks.LockSupport.parkNanos")
	void parkNanos() {
		LockSupport.parkNanos(1_000_000);
	}

	@Blocks(rule = "sleep", api = "java.util.concurrent.locks.LockSupport.parkNanos")
	void parkNanosWithBlocker() {
		LockSupport.parkNanos(this, 1_000_000);
	}

	Partner<CompletableFuture<String>> completable() {
		CompletableFuture<String> future = new CompletableFuture<>();
		return Partner.of(future, () -> future.complete("done"));
	}

	@Blocks(rule = "thread-park", api = "java.util.concurrent.CompletableFuture.get", given = "completable")
	void completableFutureGet(Partner<CompletableFuture<String>> partner) throws Exception {
		partner.meet().get();
	}

	@Blocks(rule = "thread-park", api = "java.util.concurrent.CompletableFuture.get", given = "completable")
	void completableFutureGetInTime(Partner<CompletableFuture<String>> partner) throws Exception {
		partner.meet().get(20, TimeUnit.SECONDS);
	}

	@Blocks(rule = "thread-park", api = "java.util.concurrent.CompletableFuture.join", given = "completable")
	void completableFutureJoin(Partner<CompletableFuture<String>> partner) {
		partner.meet().join();
	}

	@Blocks(rule = "thread-park", api = "java.util.concurrent.CompletableFuture.get", throwing = TimeoutException.class)
	void completableFutureGetInVain() throws Exception {
		new CompletableFuture<String>().get(20, TimeUnit.MILLISECONDS);
	}

	Partner<FutureTask<String>> task() {
		FutureTask<String> task = new FutureTask<>(() -> "done");
		return Partner.of(task, task);
	}

	@Blocks(rule = "thread-park", api = "java.util.concurrent.FutureTask.get", given = "task")
	void futureTaskGet(Partner<FutureTask<String>> partner) throws Exception {
		partner.meet().get();
	}

	Partner<CountDownLatch> latch() {
		CountDownLatch latch = new CountDownLatch(1);
		return Partner.of(latch, latch::countDown);
	}

	@Blocks(rule = "thread-park", api = "java.util.concurrent.CountDownLatch.await", given = "latch")
	void countDownLatchAwait(Partner<CountDownLatch> partner) throws InterruptedException {
		partner.meet().await();
	}

	@Blocks(rule = "thread-park", api = "java.util.concurrent.CountDownLatch.await")
	void countDownLatchAwaitInVain() throws InterruptedException {
		new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
	}

	Partner<Semaphore> semaphore() {
		Semaphore semaphore = new Semaphore(0);
		return Partner.of(semaphore, semaphore::release);
	}

	@Blocks(rule = "thread-park", api = "java.util.concurrent.Semaphore.acquire", given = "semaphore")
	void semaphoreAcquire(Partner<Semaphore> partner) throws InterruptedException {
		partner.meet().acquire();
	}

	Partner<CyclicBarrier> barrier() {
		CyclicBarrier barrier = new CyclicBarrier(2);
		return Partner.of(barrier, () -> {
			try {
				barrier.await();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	@Blocks(rule = "thread-park", api = "java.util.concurrent.CyclicBarrier.await", given = "barrier")
	void cyclicBarrierAwait(Partner<CyclicBarrier> partner) throws Exception {
		partner.meet().await();
	}

	Partner<BlockingQueue<String>> queue() {
		BlockingQueue<String> queue = new LinkedBlockingQueue<>();
		return Partner.of(queue, () -> queue.add("element"));
	}

	@Blocks(rule = "thread-park", api = "java.util.concurrent.LinkedBlockingQueue.take",
			call = "java.util.concurrent.BlockingQueue.take", given = "queue")
	void blockingQueueTake(Partner<BlockingQueue<String>> partner) throws InterruptedException {
		partner.meet().take();
	}

	@Blocks(rule = "thread-park", api = "java.util.concurrent.SynchronousQueue.poll")
	void synchronousQueuePoll() throws InterruptedException {
		new SynchronousQueue<String>().poll(20, TimeUnit.MILLISECONDS);
	}

	Partner<ReentrantLock> lock() {
		ReentrantLock lock = new ReentrantLock();
		return Partner.of(lock, lock::lock, lock::unlock);
	}

	@Blocks(rule = "thread-park", api = "java.util.concurrent.locks.ReentrantLock.lock", given = "lock")
	void reentrantLockContended(Partner<ReentrantLock> partner) {
		ReentrantLock lock = partner.meet();
		lock.lock();
		lock.unlock();
	}

	Partner<ReentrantReadWriteLock> readWriteLock() {
		ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
		return Partner.of(lock, lock.writeLock()::lock, lock.writeLock()::unlock);
	}

	@Blocks(rule = "thread-park", api = "java.util.concurrent.locks.ReentrantReadWriteLock.ReadLock.lock",
			given = "readWriteLock")
	void readLockContended(Partner<ReentrantReadWriteLock> partner) {
		ReentrantReadWriteLock.ReadLock lock = partner.meet().readLock();
		lock.lock();
		lock.unlock();
	}

	@Blocks(rule = "thread-park", api = "java.util.concurrent.locks.AbstractQueuedSynchronizer.ConditionObject.await",
			call = "java.util.concurrent.locks.Condition.await")
	void conditionAwait() throws InterruptedException {
		ReentrantLock lock = new ReentrantLock();
		Condition condition = lock.newCondition();
		lock.lock();
		try {
			condition.await(20, TimeUnit.MILLISECONDS);
		}
		finally {
			lock.unlock();
		}
	}

	@Blocks(rule = "monitor-wait", api = "java.lang.Object.wait")
	synchronized void objectWait() throws InterruptedException {
		wait(1);
	}

	Partner<Thread> thread() {
		CountDownLatch end = new CountDownLatch(1);
		Thread thread = new Thread(() -> {
			try {
				end.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		thread.setDaemon(true);
		thread.start();
		return Partner.of(thread, end::countDown);
	}

	@Blocks(rule = "monitor-wait", api = "java.lang.Thread.join", given = "thread")
	void threadJoin(Partner<Thread> partner) throws InterruptedException {
		partner.meet().join();
	}

	@Blocks(rule = "monitor-wait", api = "java.lang.Thread.join", given = "thread")
	void threadJoinInTime(Partner<Thread> partner) throws InterruptedException {
		partner.meet().join(Duration.ofSeconds(20).toMillis());
	}

	Partner<Object> monitor() {
		Object monitor = new Object();
		CountDownLatch end = new CountDownLatch(1);
		Thread owner = new Thread(() -> {
			synchronized (monitor) {
				try {
					end.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
		});
		owner.start();
		return Partner.of(monitor, () -> Awaitility.await().until(() -> owner.getState() == Thread.State.WAITING),
				() -> Awaitility.await().pollDelay(STALL).until(() -> {
					end.countDown();
					return true;
				}));
	}

	@Blocks(rule = "monitor-enter", api = "synchronized (java.lang.Object)", given = "monitor", times = 1)
	void synchronizedContended(Partner<Object> partner) {
		Object monitor = partner.meet();
		synchronized (monitor) {
			monitor.hashCode();
		}
	}

	@Blocks(rule = "loop-stall", api = "com.example.conformance.WaitingOperations.heavyComputation", times = 1)
	double heavyComputation() {
		double sum = 0;
		for (long end = System.nanoTime() + STALL.toNanos(); System.nanoTime() < end;) {
			sum += Math.sqrt(sum + 1);
		}
		return sum;
	}

	@Blocks(rule = "loop-stall", api = "java.nio.channels.Selector.select", times = 1)
	int selectWithTimeout() throws IOException {
		try (Selector selector = Selector.open()) {
			return selector.select(STALL.toMillis());
		}
	}

}
