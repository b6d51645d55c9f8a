package io.github.loopguard.bridge.engine.lane;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import io.github.loopguard.bridge.engine.LaneEngine;
import io.github.loopguard.bridge.engine.TimeLimit;

/**
 * Creates a source, subscribes to it and requests elements from it in the lane, because a
 * source may block in all three.
 */
final class DeferredSource<T> extends SteppedSource<T> implements CoreSubscriber<T> {

	private final Callable<? extends Publisher<? extends T>> source;

	private volatile @Nullable Subscription upstream;

	private boolean subscribed;

	DeferredSource(LaneEngine engine, @Nullable Object key, Callable<? extends Publisher<? extends T>> source,
			CoreSubscriber<? super T> actual, @Nullable TimeLimit limit) {
		super(engine, key, actual, limit);
		this.source = source;
	}

	@Override
	boolean hasDemand() {
		return this.demand.get() > 0 && (this.upstream != null || !this.subscribed);
	}

	@Override
	boolean step() throws Exception {
		Subscription upstream = this.upstream;
		if (!this.subscribed) {
			this.subscribed = true;
			this.source.call().subscribe(this);
		}
		else if (upstream != null) {
			requestFrom(upstream);
		}
		return false;
	}

	private void requestFrom(Subscription upstream) {
		long n = this.demand.getAndSet(0);
		if (n > 0) {
			upstream.request(n);
		}
	}

	@Override
	void stop() {
		Subscription upstream = this.upstream;
		if (upstream != null) {
			upstream.cancel();
		}
	}

	@Override
	public Context currentContext() {
		return subscriber();
	}

	@Override
	public void onSubscribe(Subscription upstream) {
		if (!Operators.validate(this.upstream, upstream)) {
			return;
		}
		this.upstream = upstream;
		if (isStopped()) {
			upstream.cancel();
		}
		else {
			requestFrom(upstream);
		}
	}

	@Override
	public void onNext(T element) {
		emit(element);
	}

	@Override
	public void onError(Throwable error) {
		this.upstream = null;
		if (isStopped() || !signal(() -> error(error))) {
			Operators.onErrorDropped(error, subscriber());
		}
	}

	@Override
	public void onComplete() {
		this.upstream = null;
		// A step that is cancelled meanwhile signals instead.
		signal(this::complete);
	}

}
