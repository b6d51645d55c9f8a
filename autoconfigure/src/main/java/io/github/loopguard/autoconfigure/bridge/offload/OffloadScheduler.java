package io.github.loopguard.autoconfigure.bridge.offload;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Scannable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

import io.github.loopguard.bridge.Lane;

/**
 * Runs WebFlux's invocation of a handler method in a lane: in the context of the request
 * and until its client is gone. WebFlux schedules what has a subscriber, whose context is
 * the request's.
 */
final class OffloadScheduler implements Scheduler {

	private final Supplier<Lane> lane;

	/**
	 * Creates a scheduler.
	 * @param lane the present lane, because it may be defined again
	 */
	OffloadScheduler(Supplier<Lane> lane) {
		this.lane = lane;
	}

	@Override
	public Disposable schedule(Runnable work) {
		Context request = contextOf(work);
		Invocation invocation = request.getOrDefault(Invocation.class, null);
		return (invocation != null) ? invocation.run(this.lane.get(), work, request)
				: this.lane.get().asScheduler().schedule(work);
	}

	private static Context contextOf(Runnable work) {
		Object subscriber = (work instanceof CoreSubscriber) ? work : Scannable.from(work).scan(Scannable.Attr.ACTUAL);
		return (subscriber instanceof CoreSubscriber<?> known) ? known.currentContext() : Context.empty();
	}

	@Override
	public Worker createWorker() {
		Disposable.Composite scheduled = Disposables.composite();
		return new Worker() {

			@Override
			public Disposable schedule(Runnable work) {
				Disposable task = OffloadScheduler.this.schedule(work);
				scheduled.add(task);
				return task;
			}

			@Override
			public void dispose() {
				scheduled.dispose();
			}

			@Override
			public boolean isDisposed() {
				return scheduled.isDisposed();
			}

		};
	}

	/**
	 * The invocation of a handler method for one request.
	 */
	static final class Invocation {

		private final Sinks.Empty<Void> failure = Sinks.empty();

		private final String method;

		private volatile @Nullable Thread thread;

		Invocation(String method) {
			this.method = method;
		}

		/**
		 * Returns the result of the invocation, or why the lane did not run it.
		 */
		<T> Mono<T> invoke(Mono<T> result) {
			return result.takeUntilOther(this.failure.asMono())
				.contextWrite((context) -> context.put(Invocation.class, this));
		}

		private Disposable run(Lane lane, Runnable work, Context request) {
			if (this.thread == Thread.currentThread()) {
				// WebFlux schedules twice: all there is to do, and then the method alone.
				work.run();
				return Disposables.disposed();
			}
			Disposable call = lane.observedAs(this.method)
				.run(() -> run(work))
				.contextWrite((context) -> context.putAll(request.readOnly()))
				.subscribe(null, this.failure::tryEmitError);
			return () -> {
				// Its own end disposes of it, too.
				if (this.thread != Thread.currentThread()) {
					call.dispose();
				}
			};
		}

		private void run(Runnable work) {
			this.thread = Thread.currentThread();
			try {
				work.run();
			}
			finally {
				this.thread = null;
			}
		}

	}

}
