package io.github.loopguard.benchmarks.repeat;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Lets JMH run benchmarks on threads of Reactor's that must not block. A detector is
 * installed before any of them exists, as in an application.
 */
class ReactorThreads extends AbstractExecutorService {

	private final Scheduler scheduler;

	private final CountDownLatch terminated = new CountDownLatch(1);

	ReactorThreads(int threads, String name, Runnable detector) {
		DeepStack.prepare();
		detector.run();
		this.scheduler = Schedulers.newParallel(name, threads);
	}

	@Override
	public void execute(Runnable task) {
		this.scheduler.schedule(task);
	}

	@Override
	public void shutdown() {
		this.scheduler.dispose();
		this.terminated.countDown();
	}

	@Override
	public List<Runnable> shutdownNow() {
		shutdown();
		return List.of();
	}

	@Override
	public boolean isShutdown() {
		return this.scheduler.isDisposed();
	}

	@Override
	public boolean isTerminated() {
		return this.terminated.getCount() == 0;
	}

	@Override
	public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
		return this.terminated.await(timeout, unit);
	}

}
