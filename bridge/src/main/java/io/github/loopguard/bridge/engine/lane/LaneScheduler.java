package io.github.loopguard.bridge.engine.lane;

import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Scannable;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

import io.github.loopguard.bridge.engine.CancelReason;
import io.github.loopguard.bridge.engine.LaneEngine;
import io.github.loopguard.bridge.engine.LaneTask;
import io.github.loopguard.bridge.engine.TaskKind;
import io.github.loopguard.bridge.engine.context.CallContext;

/**
 * Schedules tasks in a lane. A task is never run in place, because those who schedule it
 * do not expect that, and no timeout applies, because nobody could be told of it.
 */
record LaneScheduler(LaneEngine engine, @Nullable Object key) implements Scheduler {

	private static final Logger logger = LoggerFactory.getLogger(LaneScheduler.class);

	@Override
	public Disposable schedule(Runnable work) {
		return createWorker().schedule(work);
	}

	@Override
	public Worker createWorker() {
		Disposable.Composite tasks = Disposables.composite();
		return new Worker() {

			private volatile boolean admitted;

			@Override
			public Disposable schedule(Runnable work) {
				// Never rejected half-way: some operators cannot signal that.
				boolean reserved = this.admitted && !LaneScheduler.this.isDisposed();
				Task task = new Task(reserved ? TaskKind.UNLIMITED_CONTINUATION : TaskKind.UNLIMITED,
						LaneScheduler.this, Objects.requireNonNull(work, "'work' must not be null"), tasks);
				if (!tasks.add(task)) {
					throw new RejectedExecutionException("The worker is disposed of");
				}
				LaneScheduler.this.engine.queue(task);
				Throwable rejection = task.rejection;
				if (rejection != null) {
					throw new RejectedExecutionException(rejection.getMessage(), rejection);
				}
				this.admitted = true;
				return task;
			}

			@Override
			public void dispose() {
				tasks.dispose();
			}

			@Override
			public boolean isDisposed() {
				return tasks.isDisposed();
			}

		};
	}

	@Override
	public boolean isDisposed() {
		return this.engine.isClosed();
	}

	@Override
	public String toString() {
		return "lane(" + this.engine.name() + ")";
	}

	private static final class Task extends LaneTask<Void> implements Disposable {

		private final Runnable work;

		private final Disposable.Composite worker;

		private volatile @Nullable Throwable rejection;

		private Task(TaskKind kind, LaneScheduler scheduler, Runnable work, Disposable.Composite worker) {
			super(kind, scheduler.engine, scheduler.key, CallContext.capture(subscriber(work)), null);
			this.work = work;
			this.worker = worker;
		}

		private static Context subscriber(Runnable work) {
			Object subscriber = (work instanceof CoreSubscriber) ? work
					: Scannable.from(work).scan(Scannable.Attr.ACTUAL);
			return (subscriber instanceof CoreSubscriber<?> known) ? known.currentContext() : Context.empty();
		}

		@Override
		public @Nullable Void call() {
			try {
				this.work.run();
				return null;
			}
			finally {
				this.worker.remove(this);
			}
		}

		@Override
		protected void dropped() {
			this.worker.remove(this);
		}

		@Override
		protected void failed(Throwable error) {
			if (isDropped()) {
				this.rejection = error;
			}
			else if (!detached()) {
				logger.error("A task scheduled in lane '{}' failed", this.engine.name(), error);
			}
		}

		@Override
		public void dispose() {
			// A subscriber that ends disposes of the task that it is.
			if (!runsOnCurrentThread()) {
				cancel(CancelReason.CANCELLED);
			}
		}

		@Override
		public boolean isDisposed() {
			return isOver() || detached();
		}

	}

}
