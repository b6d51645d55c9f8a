package com.example.called;

import java.lang.Thread.State;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.Origin;
import io.github.loopguard.Violation;
import io.github.loopguard.ViolationKey;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who hands a task to an executor may have to wait for the lock of its queue, or until it
 * has space: that is a call of his, although the executor asks for whatever its tasks do.
 */
class QueuedTaskTests {

	private static final int CALLS = 3;

	private static final Callable<Integer> TASK = () -> 1;

	@BeforeAll
	static void install() {
		Loops.install();
	}

	@Test
	void executionWaitsForTheQueue() throws Exception {
		try (Pool pool = new Pool(new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()))) {
			Violation violation = pool.contended(() -> {
				pool.executor.execute(() -> {
				});
				return null;
			});
			assertCalls(violation, "java.util.concurrent.ThreadPoolExecutor.execute");
			assertThat(violation.formerKeys()).as("what Loopguard 0.1 knew it by")
				.contains(new ViolationKey("thread-park", "java.util.concurrent.LinkedBlockingQueue.offer", "UNKNOWN"));
		}
	}

	@Test
	void submissionWaitsForTheQueue() throws Exception {
		try (Pool pool = new Pool(new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()))) {
			assertCalls(pool.contended(() -> pool.executor.submit(TASK)),
					"java.util.concurrent.AbstractExecutorService.submit");
		}
	}

	@Test
	void callOfSeveralTasksWaitsForTheQueueAndForTheTasks() throws Exception {
		try (Pool pool = new Pool(new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()))) {
			assertCalls(pool.contended(() -> pool.executor.invokeAll(List.of(TASK, TASK), 3, TimeUnit.MILLISECONDS)),
					"java.util.concurrent.AbstractExecutorService.invokeAll");
		}
	}

	@Test
	void schedulerOfReactorWaitsForTheQueue() throws Exception {
		try (Pool pool = new Pool(new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()))) {
			Scheduler scheduler = Schedulers.fromExecutorService(pool.executor);
			Violation violation = pool.contended(() -> scheduler.schedule(() -> {
			}));
			assertCalls(violation, "java.util.concurrent.AbstractExecutorService.submit");
			assertThat(violation.offender()).isNotNull()
				.satisfies((offender) -> assertThat(offender.className()).startsWith("reactor.core.scheduler."));
		}
	}

	@Test
	void executorOfSpringWaitsUntilAnotherTaskEnds() throws Exception {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("limited-");
		executor.setConcurrencyLimit(1);
		CountDownLatch release = new CountDownLatch(1);
		AtomicReference<Thread> waiting = new AtomicReference<>();
		executor.execute(() -> await(release));
		Thread releasing = new Thread(() -> {
			awaitState(waiting, State.WAITING);
			release.countDown();
		});
		releasing.start();
		try {
			Violation violation = Loops.violation(() -> {
				waiting.set(Thread.currentThread());
				executor.execute(() -> {
				});
				return null;
			});
			assertSite(violation);
			assertThat(violation.count()).isEqualTo(1);
			assertThat(violation.offender()).isNotNull()
				.satisfies((offender) -> assertThat(offender.className()).startsWith("org.springframework.util."));
		}
		finally {
			release.countDown();
			releasing.join();
		}
	}

	private static void assertCalls(Violation violation, String api) {
		assertSite(violation);
		assertThat(violation.rule()).isEqualTo("thread-park");
		assertThat(violation.api()).isEqualTo(api);
		assertThat(violation.count()).isEqualTo(CALLS);
		assertThat(violation.held().count()).isEqualTo(CALLS);
	}

	private static void assertSite(Violation violation) {
		assertThat(violation.origin()).isEqualTo(Origin.APPLICATION);
		assertThat(violation.site()).isNotNull()
			.satisfies((site) -> assertThat(site.className()).isEqualTo(QueuedTaskTests.class.getName()));
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void awaitState(AtomicReference<Thread> thread, State state) {
		while (thread.get() == null || thread.get().getState() != state) {
			Thread.onSpinWait();
		}
	}

	/**
	 * A pool whose only thread is busy, and whose queue is locked by another thread.
	 */
	private static final class Pool implements AutoCloseable {

		private final ExecutorService executor;

		private final CountDownLatch end = new CountDownLatch(1);

		private final Thread holder;

		private final AtomicReference<Thread> waiting = new AtomicReference<>();

		private volatile boolean locked;

		Pool(ThreadPoolExecutor executor) {
			this.executor = executor;
			executor.execute(() -> await(this.end));
			executor.execute(() -> {
			});
			this.holder = new Thread(() -> {
				while (this.end.getCount() > 0) {
					lock(executor);
				}
			}, "holder");
			this.holder.start();
		}

		/**
		 * Holds the lock, once some thread wants it, until that waits for it.
		 */
		@SuppressWarnings("ReturnValueIgnored")
		private void lock(ThreadPoolExecutor executor) {
			if (this.waiting.get() == null) {
				Thread.onSpinWait();
				return;
			}
			executor.getQueue().contains(new Object() {

				@Override
				public boolean equals(Object other) {
					if (!Pool.this.locked) {
						Pool.this.locked = true;
						awaitState(Pool.this.waiting, State.WAITING);
						Pool.this.waiting.set(null);
					}
					return true;
				}

				@Override
				public int hashCode() {
					return 0;
				}

			});
		}

		/**
		 * Returns what calls on an event loop are reported as that meet the lock held.
		 */
		Violation contended(Callable<?> call) throws Exception {
			return Loops.violation(() -> {
				for (int i = 0; i < CALLS; i++) {
					this.locked = false;
					this.waiting.set(Thread.currentThread());
					while (!this.locked) {
						Thread.onSpinWait();
					}
					call.call();
				}
				return null;
			});
		}

		@Override
		public void close() throws InterruptedException {
			this.end.countDown();
			this.holder.join();
			this.executor.shutdownNow();
		}

	}

}
