package io.github.loopguard.bridge.engine.context;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Emits a shared outcome to each subscriber in the subscriber's own context.
 */
public final class ContextMono<T> extends Mono<T> {

	private final Mono<T> shared;

	public ContextMono(Mono<T> shared) {
		this.shared = shared;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		this.shared.subscribe(new ContextSubscriber<>(actual, CallContext.capture(actual.currentContext())));
	}

	private record ContextSubscriber<T>(CoreSubscriber<? super T> actual,
			CallContext context) implements CoreSubscriber<T> {

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.actual.onSubscribe(subscription);
		}

		@Override
		public void onNext(T value) {
			this.context.run(() -> this.actual.onNext(value));
		}

		@Override
		public void onError(Throwable error) {
			this.context.run(() -> this.actual.onError(error));
		}

		@Override
		public void onComplete() {
			this.context.run(this.actual::onComplete);
		}

	}

}
