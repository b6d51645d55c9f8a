package io.github.loopguard.bridge.engine.lane;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;

import io.github.loopguard.bridge.engine.CancelReason;
import io.github.loopguard.bridge.engine.LaneEngine;
import io.github.loopguard.bridge.engine.LaneTask;
import io.github.loopguard.bridge.engine.TaskKind;
import io.github.loopguard.bridge.engine.TimeLimit;
import io.github.loopguard.bridge.engine.context.CallContext;

/**
 * Runs blocking work once for a subscriber.
 */
final class CallTask<T> extends LaneTask<T> implements Subscription, Scannable {

	private final Callable<? extends @Nullable T> work;

	private final Consumer<CallTask<?>> submit;

	private final CoreSubscriber<? super T> actual;

	private volatile @Nullable Disposable timer;

	/**
	 * Creates a call.
	 * @param submit runs the call, queues it, or rejects it
	 */
	CallTask(TaskKind kind, LaneEngine engine, @Nullable Object key, Callable<? extends @Nullable T> work,
			Consumer<CallTask<?>> submit, CoreSubscriber<? super T> actual, @Nullable TimeLimit limit) {
		super(kind, engine, key, CallContext.capture(actual.currentContext()), limit);
		this.work = work;
		this.submit = submit;
		this.actual = actual;
	}

	void start() {
		this.actual.onSubscribe(this);
		TimeLimit limit = this.limit;
		if (limit != null) {
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
		if (Operators.validate(n) && firstRequest()) {
			this.submit.accept(this);
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

}
