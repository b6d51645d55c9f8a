package io.github.loopguard.bridge;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * One step of a session, on its way to the session's thread.
 *
 * @param <R> type of the resource
 * @param <T> type of the result
 */
final class SessionStep<R, T> extends LaneTask<T> implements Subscription {

	private final SessionTask<R> session;

	private final BlockingFunction<? super R, ? extends @Nullable T> step;

	private final CoreSubscriber<? super T> actual;

	private final AtomicBoolean requested = new AtomicBoolean();

	private SessionStep(SessionTask<R> session, BlockingFunction<? super R, ? extends @Nullable T> step,
			CoreSubscriber<? super T> actual) {
		super(session.engine, null, CallContext.capture(actual.currentContext()));
		this.session = session;
		this.step = step;
		this.actual = actual;
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n) && this.requested.compareAndSet(false, true)) {
			this.session.submit(this);
		}
	}

	@Override
	public void cancel() {
		leave(Departure.CANCELLED);
	}

	@Override
	public @Nullable T call() throws Exception {
		return this.step.apply(this.session.resource());
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
	}

	/**
	 * A {@code Mono} that takes the step once per subscription.
	 */
	static final class Call<R, T> extends Mono<T> {

		private final SessionTask<R> session;

		private final BlockingFunction<? super R, ? extends @Nullable T> step;

		Call(SessionTask<R> session, BlockingFunction<? super R, ? extends @Nullable T> step) {
			this.session = session;
			this.step = step;
		}

		@Override
		public void subscribe(CoreSubscriber<? super T> actual) {
			actual.onSubscribe(new SessionStep<>(this.session, this.step, actual));
		}

	}

}
