package io.github.loopguard.bridge.engine.lane;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.engine.CancelReason;
import io.github.loopguard.bridge.engine.LaneEngine;
import io.github.loopguard.bridge.engine.LaneTask;
import io.github.loopguard.bridge.engine.context.CallContext;

/**
 * A task with one result for its subscriber. It is submitted on the first request.
 */
abstract class ResultTask<T> extends LaneTask<T> implements Subscription {

	private static final Logger logger = LoggerFactory.getLogger(BlockingBridge.class);

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<ResultTask> REQUESTED = AtomicIntegerFieldUpdater
		.newUpdater(ResultTask.class, "requested");

	private final CoreSubscriber<? super T> actual;

	private volatile int requested;

	ResultTask(LaneEngine engine, @Nullable Object key, CallContext context, CoreSubscriber<? super T> actual) {
		super(engine, key, context);
		this.actual = actual;
	}

	abstract void submit();

	@Override
	public final void request(long n) {
		if (Operators.validate(n) && REQUESTED.compareAndSet(this, 0, 1)) {
			submit();
		}
	}

	@Override
	public final void cancel() {
		cancel(CancelReason.CANCELLED);
	}

	@Override
	protected final void succeeded(@Nullable T value) {
		if (value != null) {
			this.actual.onNext(value);
		}
		this.actual.onComplete();
	}

	@Override
	protected final void failed(Throwable error) {
		this.actual.onError(error);
	}

	@Override
	protected final void discarded(@Nullable T value, @Nullable Throwable error) {
		if (value != null) {
			Operators.onDiscard(value, this.actual.currentContext());
		}
		if (error != null) {
			logger.debug("A call in lane '{}' failed after its subscriber had gone", this.engine.name(), error);
		}
	}

}
