package io.github.loopguard.bridge;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * One subscription to a {@link LaneCall}; the work is submitted on the first request.
 *
 * @param <T> type of the result
 */
final class CallTask<T> extends LaneTask<T> implements Subscription {

	private static final Logger logger = LoggerFactory.getLogger(BlockingBridge.class);

	private final CoreSubscriber<? super T> actual;

	private final Callable<? extends @Nullable T> work;

	private final boolean onlyOffLoop;

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<CallTask> REQUESTED = AtomicIntegerFieldUpdater
		.newUpdater(CallTask.class, "requested");

	private volatile int requested;

	CallTask(LaneEngine engine, @Nullable Object key, CallContext context, Callable<? extends @Nullable T> work,
			boolean onlyOffLoop, CoreSubscriber<? super T> actual) {
		super(engine, key, context);
		this.work = work;
		this.onlyOffLoop = onlyOffLoop;
		this.actual = actual;
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n) && REQUESTED.compareAndSet(this, 0, 1)) {
			if (this.onlyOffLoop && !EventLoops.onEventLoop()) {
				runInPlace();
			}
			else {
				this.engine.submit(this);
			}
		}
	}

	@Override
	public void cancel() {
		leave(Departure.CANCELLED);
	}

	@Override
	public @Nullable T call() throws Exception {
		return this.work.call();
	}

	@Override
	void succeeded(@Nullable T value) {
		if (value != null) {
			this.actual.onNext(value);
		}
		this.actual.onComplete();
	}

	@Override
	void failed(Throwable error) {
		this.actual.onError(error);
	}

	@Override
	void unwanted(@Nullable T value, @Nullable Throwable error) {
		if (value != null) {
			Operators.onDiscard(value, this.actual.currentContext());
		}
		if (error != null) {
			logger.debug("Nobody waited any more for a call in lane '{}', which failed", this.engine.name(), error);
		}
	}

}
