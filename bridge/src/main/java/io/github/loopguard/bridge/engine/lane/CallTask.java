package io.github.loopguard.bridge.engine.lane;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;

import io.github.loopguard.bridge.LaneTimeoutException.Phase;
import io.github.loopguard.bridge.engine.CancelReason;
import io.github.loopguard.bridge.engine.LaneEngine;
import io.github.loopguard.bridge.engine.LaneTask;
import io.github.loopguard.bridge.engine.TaskKind;
import io.github.loopguard.bridge.engine.TimeLimit;
import io.github.loopguard.bridge.engine.context.CallContext;

/**
 * Runs blocking work once for a subscriber.
 */
@SuppressWarnings("rawtypes")
final class CallTask<T> extends LaneTask<T> implements Subscription, Scannable {

	private static final AtomicIntegerFieldUpdater<CallTask> REQUESTED = AtomicIntegerFieldUpdater
		.newUpdater(CallTask.class, "requested");

	private final Callable<? extends @Nullable T> work;

	private final Place place;

	private final CoreSubscriber<? super T> actual;

	private volatile int requested;

	private volatile @Nullable Disposable timer;

	CallTask(TaskKind kind, LaneEngine engine, @Nullable Object key, Callable<? extends @Nullable T> work, Place place,
			CoreSubscriber<? super T> actual) {
		super(kind, engine, key, CallContext.capture(actual.currentContext()));
		this.work = work;
		this.place = place;
		this.actual = actual;
	}

	void start(@Nullable TimeLimit limit) {
		if (limit == null) {
			this.actual.onSubscribe(this);
		}
		else if (limit.passed()) {
			Operators.error(this.actual, limit.error(this.engine.name(), Phase.QUEUE));
		}
		else {
			limit(limit);
			this.actual.onSubscribe(this);
			this.timer = limit.watch(() -> expire(limit));
			if (isOver() || detached()) {
				stopTimer();
			}
		}
	}

	private void stopTimer() {
		Disposable timer = this.timer;
		if (timer != null) {
			timer.dispose();
		}
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n) && REQUESTED.compareAndSet(this, 0, 1)) {
			this.place.submit(this);
		}
	}

	@Override
	public void cancel() {
		stopTimer();
		cancel(CancelReason.CANCELLED);
	}

	@Override
	public @Nullable T call() throws Exception {
		return this.work.call();
	}

	@Override
	protected void succeeded(@Nullable T value) {
		stopTimer();
		if (value != null) {
			this.actual.onNext(value);
		}
		this.actual.onComplete();
	}

	@Override
	protected void failed(Throwable error) {
		stopTimer();
		this.actual.onError(error);
	}

	@Override
	protected void discarded(@Nullable T value, @Nullable Throwable error) {
		if (value != null) {
			Operators.onDiscard(value, this.actual.currentContext());
		}
		if (error != null) {
			Operators.onErrorDropped(error, this.actual.currentContext());
		}
	}

	@Override
	protected void dropped() {
		this.place.dropped(this);
	}

	@Override
	public @Nullable Object scanUnsafe(Attr key) {
		if (key == Attr.ACTUAL) {
			return this.actual;
		}
		if (key == Attr.TERMINATED) {
			return isOver();
		}
		if (key == Attr.CANCELLED) {
			return detached();
		}
		return (key == Attr.RUN_STYLE) ? Attr.RunStyle.ASYNC : null;
	}

	/**
	 * Where calls run.
	 */
	@FunctionalInterface
	interface Place {

		/**
		 * Runs the call, queues it, or rejects it.
		 */
		void submit(CallTask<?> call);

		/**
		 * Handles that a queued call will not run.
		 */
		default void dropped(CallTask<?> call) {
		}

	}

}
