package io.github.loopguard.bridge.engine.lane;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import io.github.loopguard.bridge.engine.CancelReason;
import io.github.loopguard.bridge.engine.CurrentCall;
import io.github.loopguard.bridge.engine.LaneEngine;
import io.github.loopguard.bridge.engine.LaneTask;
import io.github.loopguard.bridge.engine.context.CallContext;

/**
 * Creates a source, subscribes to it and requests elements from it in the lane, because a
 * source may block in all three.
 */
final class DeferTask<T> extends LaneTask<Void> implements Subscription, CoreSubscriber<T> {

	private final Callable<? extends Publisher<? extends T>> source;

	private final CoreSubscriber<? super T> actual;

	private final AtomicLong demand = new AtomicLong();

	private final AtomicBoolean started = new AtomicBoolean();

	private final AtomicBoolean requesting = new AtomicBoolean();

	private final AtomicBoolean done = new AtomicBoolean();

	private volatile @Nullable Subscription upstream;

	private volatile @Nullable RequestTask current;

	DeferTask(LaneEngine engine, @Nullable Object key, Callable<? extends Publisher<? extends T>> source,
			CoreSubscriber<? super T> actual) {
		super(engine, key, CallContext.capture(actual.currentContext()));
		this.source = source;
		this.actual = actual;
	}

	@Override
	public void request(long n) {
		if (!Operators.validate(n)) {
			return;
		}
		this.demand.accumulateAndGet(n, Operators::addCap);
		if (this.started.compareAndSet(false, true)) {
			this.engine.submit(this);
		}
		else if (this.upstream != null) {
			requestInLane();
		}
	}

	@Override
	public void cancel() {
		this.done.set(true);
		cancelUpstream();
		cancel(CancelReason.CANCELLED);
		RequestTask request = this.current;
		if (request != null) {
			request.cancel(CancelReason.CANCELLED);
		}
	}

	private void cancelUpstream() {
		Subscription upstream = this.upstream;
		if (upstream != null) {
			upstream.cancel();
		}
	}

	@Override
	public @Nullable Void call() throws Exception {
		this.source.call().subscribe(this);
		return null;
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public void onSubscribe(Subscription upstream) {
		this.upstream = upstream;
		if (this.done.get()) {
			upstream.cancel();
			return;
		}
		long now = this.demand.getAndSet(0);
		if (now > 0) {
			upstream.request(now);
		}
		if (this.demand.get() > 0) {
			requestInLane();
		}
	}

	/**
	 * Requests the demand from the source in the lane, one such task at a time.
	 */
	private void requestInLane() {
		if (!this.done.get() && this.requesting.compareAndSet(false, true)) {
			RequestTask task = new RequestTask();
			this.current = task;
			this.engine.submitReserved(task);
		}
	}

	@Override
	public void onNext(T element) {
		if (this.done.get()) {
			Operators.onDiscard(element, currentContext());
		}
		else {
			// What follows an element may use other threads of the lane.
			CurrentCall.emit(this.engine, () -> this.actual.onNext(element));
		}
	}

	@Override
	public void onError(Throwable error) {
		if (this.done.compareAndSet(false, true)) {
			this.actual.onError(error);
		}
	}

	@Override
	public void onComplete() {
		if (this.done.compareAndSet(false, true)) {
			this.actual.onComplete();
		}
	}

	@Override
	protected void failed(Throwable error) {
		onError(error);
		cancelUpstream();
	}

	private final class RequestTask extends LaneTask<Void> {

		RequestTask() {
			super(DeferTask.this.engine, DeferTask.this.key, DeferTask.this.context);
		}

		@Override
		protected boolean queueLimited() {
			return false;
		}

		@Override
		public @Nullable Void call() {
			Subscription upstream = DeferTask.this.upstream;
			long now = DeferTask.this.demand.getAndSet(0);
			DeferTask.this.requesting.set(false);
			if (upstream != null && now > 0) {
				upstream.request(now);
			}
			return null;
		}

		@Override
		protected void succeeded(@Nullable Void value) {
			if (DeferTask.this.demand.get() > 0) {
				requestInLane();
			}
		}

		@Override
		protected void failed(Throwable error) {
			DeferTask.this.failed(error);
		}

	}

}
