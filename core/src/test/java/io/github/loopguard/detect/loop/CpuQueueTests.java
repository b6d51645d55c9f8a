package io.github.loopguard.detect.loop;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Linux shows of the thread of an event loop.
 */
@EnabledOnOs(OS.LINUX)
class CpuQueueTests {

	private final ThreadProbe probe = new ThreadProbe();

	private final CpuQueue queue = new CpuQueue(this.probe);

	private final CountDownLatch end = new CountDownLatch(1);

	private volatile boolean computes;

	private final Thread thread = new Thread(this::waitAndCompute, "any) R (loop");

	@AfterEach
	void end() {
		this.end.countDown();
	}

	@Test
	void threadThatComputesIsRunnableAndOneThatWaitsIsNot() {
		this.thread.setDaemon(true);
		this.thread.start();
		WatchedLoop loop = new WatchedLoop(this.thread, false, new LoopGroup("any"), System.nanoTime(), 0,
				new StopWatch(this.probe));
		Awaitility.await().until(() -> {
			this.queue.find(List.of(loop), System.nanoTime());
			return loop.task != null;
		});
		assertThat(CpuQueue.isRunnable(loop)).isFalse();
		this.computes = true;
		LockSupport.unpark(this.thread);
		Awaitility.await().until(() -> CpuQueue.isRunnable(loop));
		this.computes = false;
		Awaitility.await().until(() -> !CpuQueue.isRunnable(loop));
	}

	@Test
	void threadThatIsNotFoundIsNotKnownToBeRunnable() {
		WatchedLoop loop = new WatchedLoop(Thread.currentThread(), false, new LoopGroup("any"), System.nanoTime(), 0,
				new StopWatch(this.probe));
		assertThat(CpuQueue.isRunnable(loop)).isFalse();
	}

	private void waitAndCompute() {
		while (this.end.getCount() > 0) {
			if (!this.computes) {
				LockSupport.park();
			}
		}
	}

}
