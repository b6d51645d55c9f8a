package io.github.loopguard.bridge.engine.lane;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import io.github.loopguard.bridge.engine.LaneEngine;

/**
 * Creates a source, subscribes to it and requests elements from it in the lane, because a
 * source may block in all three.
 */
final class DeferredSource<T> extends SteppedSource<T> implements CoreSubscriber<T> {

	private final Callable<? extends Publisher<? extends T>> source;

	private final AtomicLong demand = new AtomicLong();

	private volatile @Nullable Subscription upstream;

	private boolean subscribed;

	DeferredSource(LaneEngine engine, @Nullable Object key, Callable<? extends Publisher<? extends T>> source,
			FluxSink<T> sink) {
		super(engine, key, sink);
		this.source = source;
	}

	@Override
	void requested(long n) {
		this.demand.accumulateAndGet(n, Operators::addCap);
	}

	@Override
	boolean hasDemand() {
		return this.demand.get() > 0 && this.upstream != null;
	}

	@Override
	boolean step() throws Exception {
		Subscription upstream = this.upstream;
		if (!this.subscribed) {
			this.subscribed = true;
			this.source.call().subscribe(this);
		}
		else if (upstream != null) {
			request(upstream);
		}
		return false;
	}

	private void request(Subscription upstream) {
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
	boolean holds() {
		return false;
	}

	@Override
	void release() {
		stop();
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
			request(upstream);
		}
	}

	@Override
	public void onNext(T element) {
		emit(element);
	}

	@Override
	public void onError(Throwable error) {
		if (isStopped() || !signal(() -> this.sink.error(error))) {
			Operators.onErrorDropped(error, subscriber());
		}
	}

	@Override
	public void onComplete() {
		// A step that is cancelled meanwhile signals instead.
		signal(this.sink::complete);
	}

}
