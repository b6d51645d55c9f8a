package com.example.prevented;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A task in a pool whose only thread is busy, so that whoever waits for the pool runs it.
 *
 * @param <T> what it returns
 */
public final class OthersTask<T> implements AutoCloseable {

	private final ForkJoinPool pool = new ForkJoinPool(1);

	private final CountDownLatch release = new CountDownLatch(1);

	private final CompletableFuture<T> result = new CompletableFuture<>();

	private volatile @Nullable String ranOn;

	public OthersTask(Callable<T> task) throws InterruptedException {
		CountDownLatch busy = new CountDownLatch(1);
		this.pool.submit(() -> {
			busy.countDown();
			return this.release.await(60, TimeUnit.SECONDS);
		});
		busy.await();
		this.pool.submit(() -> {
			this.ranOn = Thread.currentThread().getName();
			complete(this.result, task);
		});
	}

	/**
	 * Waits for the pool on the current thread, which runs the task meanwhile.
	 */
	public void help() {
		this.pool.awaitQuiescence(30, TimeUnit.SECONDS);
	}

	public T get() throws Exception {
		return this.result.get(20, TimeUnit.SECONDS);
	}

	public @Nullable String ranOn() {
		return this.ranOn;
	}

	static <T> void complete(CompletableFuture<T> result, Callable<T> task) {
		try {
			result.complete(task.call());
		}
		catch (Throwable ex) {
			result.completeExceptionally(ex);
		}
	}

	@Override
	public void close() {
		this.release.countDown();
		this.pool.shutdownNow();
	}

}
