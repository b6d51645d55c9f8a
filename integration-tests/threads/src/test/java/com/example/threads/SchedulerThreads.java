package com.example.threads;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;

import io.reactivex.rxjava3.core.Scheduler;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.CoroutineDispatcher;
import kotlinx.coroutines.DefaultExecutor;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.ThreadPoolDispatcherKt;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.HttpResources;

import static com.example.threads.LibraryThread.loop;
import static com.example.threads.LibraryThread.pool;

/**
 * Threads of libraries that schedule tasks.
 */
final class SchedulerThreads {

	private static final Vertx VERTX = Vertx.vertx();

	private SchedulerThreads() {
	}

	static List<LibraryThread> all() {
		Schedulers.registerNonBlockingThreadPredicate((thread) -> thread.getName().startsWith("registered-"));
		return List.of(
				loop("Reactor", "parallel-*", "`Schedulers.parallel()`, `newParallel`",
						(task) -> Schedulers.parallel().schedule(task)),
				loop("Reactor", "single-*", "`Schedulers.single()`, `newSingle`",
						(task) -> Schedulers.single().schedule(task)),
				loop("Reactor", "registered-*", "threads of `Schedulers.registerNonBlockingThreadPredicate`",
						(task) -> new Thread(task, "registered-1").start()),
				loop("BlockHound", "acme-*",
						"threads of the `nonBlockingThreadPredicate` of an integration or a builder",
						(task) -> new Thread(task, "acme-1").start()),
				pool("Reactor", "boundedElastic-*", "`Schedulers.boundedElastic()`, `newBoundedElastic`",
						(task) -> Schedulers.boundedElastic().schedule(task)),
				loop("Reactor Netty", "reactor-http-*", "servers and clients, `LoopResources`",
						(task) -> HttpResources.get().onServer(true).next().execute(task)),
				loop("Kotlin coroutines", "DefaultDispatcher-worker-*", "`Dispatchers.Default`",
						(task) -> dispatch(Dispatchers.getDefault(), task)),
				pool("Kotlin coroutines", "DefaultDispatcher-worker-*", "`Dispatchers.IO`, on the same threads",
						(task) -> dispatch(Dispatchers.getIO(), task)),
				loop("Kotlin coroutines", "kotlinx.coroutines.DefaultExecutor",
						"`delay` and timeouts of the whole JVM, and what `Dispatchers.Unconfined` resumes after them",
						DefaultExecutor.INSTANCE::enqueue),
				pool("Kotlin coroutines", "own", "`newSingleThreadContext`, `newFixedThreadPoolContext`",
						(task) -> dispatch(ThreadPoolDispatcherKt.newSingleThreadContext("own"), task)),
				loop("RxJava 3", "RxComputationThreadPool-*", "`Schedulers.computation()`",
						(task) -> schedule(io.reactivex.rxjava3.schedulers.Schedulers.computation(), task)),
				loop("RxJava 3", "RxSingleScheduler-*", "`Schedulers.single()`",
						(task) -> schedule(io.reactivex.rxjava3.schedulers.Schedulers.single(), task)),
				pool("RxJava 3", "RxCachedThreadScheduler-*", "`Schedulers.io()`",
						(task) -> schedule(io.reactivex.rxjava3.schedulers.Schedulers.io(), task)),
				pool("RxJava 3", "RxNewThreadScheduler-*", "`Schedulers.newThread()`",
						(task) -> schedule(io.reactivex.rxjava3.schedulers.Schedulers.newThread(), task)),
				loop("Vert.x", "vert.x-eventloop-thread-*", "handlers, standard verticles",
						(task) -> VERTX.getOrCreateContext().runOnContext((nothing) -> task.run())),
				pool("Vert.x", "vert.x-worker-thread-*", "`executeBlocking`, worker verticles",
						(task) -> VERTX.executeBlocking(Executors.callable(task))),
				pool("Mutiny", "pool-*-thread-*", "`Infrastructure.getDefaultWorkerPool()`",
						(task) -> Infrastructure.getDefaultWorkerPool().execute(task)),
				pool("JDK", "ForkJoinPool.commonPool-worker-*", "`CompletableFuture.supplyAsync`, parallel streams",
						(task) -> ForkJoinPool.commonPool().execute(task)));
	}

	private static void dispatch(CoroutineDispatcher dispatcher, Runnable task) {
		dispatcher.dispatch(EmptyCoroutineContext.INSTANCE, task);
	}

	private static void schedule(Scheduler scheduler, Runnable task) {
		scheduler.scheduleDirect(task);
	}

}
