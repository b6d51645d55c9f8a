package io.github.loopguard.bridge;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * A task whose subscriber waits for its one result. It is submitted on the first request.
 *
 * @param <T> type of the result
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

	/**
	 * Sends the task on its way.
	 */
	abstract void submit();

	@Override
	public final void request(long n) {
		if (Operators.validate(n) && REQUESTED.compareAndSet(this, 0, 1)) {
			submit();
		}
	}

	@Override
	public final void cancel() {
		leave(CancelReason.CANCELLED);
	}

	@Override
	final void succeeded(@Nullable T value) {
		if (value != null) {
			this.actual.onNext(value);
		}
		this.actual.onComplete();
	}

	@Override
	final void failed(Throwable error) {
		this.actual.onError(error);
	}

	@Override
	final void unwanted(@Nullable T value, @Nullable Throwable error) {
		if (value != null) {
			Operators.onDiscard(value, this.actual.currentContext());
		}
		if (error != null) {
			logger.debug("Nobody waited any more for a call in lane '{}', which failed", this.engine.name(), error);
		}
	}

}
