package io.github.loopguard.detect.thread;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The executors of Reactor's schedulers, noted when they are created: which one a worker
 * runs, and those of {@link Schedulers#boundedElastic()}. They are only read.
 */
public final class ReactorExecutors {

	private static final String NAME = "loopguard-executors";

	private static final String ELASTIC = "boundedElastic(\"boundedElastic\",";

	/** Tasks of longer queues are not looked at one by one. */
	private static final int LONG = 10_000;

	private static final Map<Thread, Reference<ThreadPoolExecutor>> WORKERS = Collections
		.synchronizedMap(new WeakHashMap<>());

	private static final Queue<Reference<ThreadPoolExecutor>> ELASTICS = new ConcurrentLinkedQueue<>();

	private ReactorExecutors() {
	}

	/**
	 * Notes executors that are created from now on.
	 */
	public static void note() {
		Schedulers.addExecutorServiceDecorator(NAME, ReactorExecutors::created);
	}

	/**
	 * Returns the number of tasks that are due and wait in the elastic scheduler.
	 * @return the number
	 */
	public static long elasticPending() {
		return elastics().stream().mapToLong(ReactorExecutors::due).sum();
	}

	/**
	 * Returns for how long the task has waited that has waited longest in the elastic
	 * scheduler.
	 * @return the time in nanoseconds, 0 if none waits
	 */
	public static long elasticWait() {
		return elastics().stream().mapToLong(ReactorExecutors::wait).max().orElse(0);
	}

	/**
	 * Returns how many tasks are due and wait for a worker.
	 * @param thread the worker
	 * @return the number, or {@code null} if unknown
	 */
	static @Nullable Integer waitingFor(Thread thread) {
		Reference<ThreadPoolExecutor> worker = WORKERS.get(thread);
		ThreadPoolExecutor executor = (worker != null) ? worker.get() : null;
		return (executor != null) ? Integer.valueOf(due(executor)) : null;
	}

	private static ScheduledExecutorService created(Scheduler scheduler, ScheduledExecutorService executor) {
		if (executor instanceof ThreadPoolExecutor pool) {
			if (scheduler.toString().startsWith(ELASTIC)) {
				ELASTICS.removeIf((it) -> isGone(it.get()));
				ELASTICS.add(new WeakReference<>(pool));
			}
			else {
				pool.setThreadFactory(new Noting(pool.getThreadFactory(), new WeakReference<>(pool)));
			}
		}
		return executor;
	}

	private static List<ThreadPoolExecutor> elastics() {
		List<ThreadPoolExecutor> elastics = new ArrayList<>();
		ELASTICS.forEach((it) -> elastics.add(it.get()));
		elastics.removeIf(ReactorExecutors::isGone);
		return elastics;
	}

	private static boolean isGone(@Nullable ThreadPoolExecutor executor) {
		return executor == null || executor.isShutdown();
	}

	private static int due(ThreadPoolExecutor executor) {
		if (wait(executor) <= 0) {
			return 0;
		}
		int all = executor.getQueue().size();
		return (all > LONG) ? all
				: (int) executor.getQueue().stream().filter((task) -> nanosSinceDue(task) > 0).count();
	}

	private static long wait(ThreadPoolExecutor executor) {
		Runnable first = executor.getQueue().peek();
		return (first != null) ? Math.max(0, nanosSinceDue(first)) : 0;
	}

	private static long nanosSinceDue(Runnable task) {
		return (task instanceof Delayed delayed) ? -delayed.getDelay(TimeUnit.NANOSECONDS) : 1;
	}

	/**
	 * Notes the threads of an executor that must not block.
	 */
	private record Noting(ThreadFactory factory, Reference<ThreadPoolExecutor> executor) implements ThreadFactory {

		@Override
		public @Nullable Thread newThread(Runnable work) {
			Thread thread = this.factory.newThread(work);
			if (thread instanceof NonBlocking) {
				WORKERS.put(Objects.requireNonNull(thread), this.executor);
			}
			return thread;
		}

	}

}
