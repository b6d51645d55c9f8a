package io.github.loopguard.bridge.engine.lane;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Passes requests to a {@code Flux.create} when it is ready for them: one that another
 * thread makes meanwhile would be counted twice.
 */
final class ArmedFlux<T> extends Flux<T> implements Scannable {

	private final Flux<T> source;

	private ArmedFlux(Flux<T> source) {
		this.source = source;
	}

	static <T> Flux<T> of(Flux<T> source) {
		return onAssembly(new ArmedFlux<>(source));
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		Armed<T> armed = new Armed<>(actual);
		this.source.subscribe(armed);
		armed.arm();
	}

	@Override
	public @Nullable Object scanUnsafe(Attr key) {
		return (key == Attr.PARENT) ? this.source : (key == Attr.RUN_STYLE) ? Attr.RunStyle.ASYNC : null;
	}

	private static final class Armed<T> extends Operators.DeferredSubscription implements CoreSubscriber<T>, Scannable {

		private final CoreSubscriber<? super T> actual;

		private @Nullable Subscription subscription;

		private Armed(CoreSubscriber<? super T> actual) {
			this.actual = actual;
		}

		private void arm() {
			if (this.subscription != null) {
				set(this.subscription);
			}
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public @Nullable Object scanUnsafe(Attr key) {
			return (key == Attr.PARENT) ? this.subscription : (key == Attr.ACTUAL) ? this.actual : null;
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.subscription = subscription;
			this.actual.onSubscribe(this);
		}

		@Override
		public void onNext(T element) {
			this.actual.onNext(element);
		}

		@Override
		public void onError(Throwable error) {
			this.actual.onError(error);
		}

		@Override
		public void onComplete() {
			this.actual.onComplete();
		}

	}

}
