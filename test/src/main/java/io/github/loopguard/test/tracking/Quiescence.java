package io.github.loopguard.test.tracking;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.detect.EventLoops;

/**
 * Waits until event loops have done the tasks that they were given to run immediately.
 */
final class Quiescence {

	private static final Duration MOST = Duration.ofMillis(200);

	private static final long LOOK_AGAIN = Duration.ofMillis(1).toNanos();

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private Quiescence() {
	}

	/**
	 * Waits at most 200 ms.
	 * @param atWork returns whether tasks are known to run
	 * @param shared whether shared workers may have tasks
	 */
	static void await(BooleanSupplier atWork, boolean shared) {
		long deadline = System.nanoTime() + MOST.toNanos();
		CountDownLatch passed = shared ? passSharedWorkers() : new CountDownLatch(0);
		while (passed.getCount() > 0 || atWork.getAsBoolean() || isAnyLoopRunning()) {
			if (System.nanoTime() - deadline > 0) {
				return;
			}
			LockSupport.parkNanos(LOOK_AGAIN);
		}
	}

	/**
	 * Schedules a task on each shared worker. It runs after the tasks before it, because
	 * a worker runs immediate tasks in order.
	 */
	private static CountDownLatch passSharedWorkers() {
		CountDownLatch passed = new CountDownLatch(Schedulers.DEFAULT_POOL_SIZE + 1);
		Work work = TestTracker.enter(null);
		try {
			pass(Schedulers.single(), passed);
			for (int i = 0; i < Schedulers.DEFAULT_POOL_SIZE; i++) {
				pass(Schedulers.parallel(), passed);
			}
		}
		finally {
			TestTracker.restore(work);
		}
		return passed;
	}

	private static void pass(Scheduler scheduler, CountDownLatch passed) {
		Scheduler.Worker worker = scheduler.createWorker();
		worker.schedule(() -> {
			passed.countDown();
			worker.dispose();
		});
	}

	/**
	 * Returns whether an event loop may be about to block. A thread in a native method
	 * waits for tasks, or blocks and has been recorded.
	 */
	private static boolean isAnyLoopRunning() {
		long[] loops = Arrays.stream(threads()).filter(Quiescence::isRunningLoop).mapToLong(Thread::getId).toArray();
		if (loops.length == 0) {
			return false;
		}
		return Arrays.stream(THREADS.getThreadInfo(loops, 1)).filter(Objects::nonNull).anyMatch(Quiescence::isRunning);
	}

	private static boolean isRunningLoop(@Nullable Thread thread) {
		if (thread == null || thread == Thread.currentThread() || !EventLoops.isCandidate(thread)) {
			return false;
		}
		Thread.State state = thread.getState();
		return state == Thread.State.RUNNABLE || state == Thread.State.BLOCKED;
	}

	private static boolean isRunning(ThreadInfo thread) {
		return switch (thread.getThreadState()) {
			case RUNNABLE -> {
				StackTraceElement[] top = thread.getStackTrace();
				yield top.length > 0 && !top[0].isNativeMethod();
			}
			case BLOCKED -> true;
			default -> false;
		};
	}

	private static @Nullable Thread[] threads() {
		ThreadGroup root = Thread.currentThread().getThreadGroup();
		while (root.getParent() != null) {
			root = root.getParent();
		}
		@Nullable Thread[] threads = new Thread[root.activeCount() + 16];
		root.enumerate(threads);
		return threads;
	}

}
