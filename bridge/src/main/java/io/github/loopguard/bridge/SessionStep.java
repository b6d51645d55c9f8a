package io.github.loopguard.bridge;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * One step of a session, on its way to the session's thread.
 *
 * @param <R> type of the resource
 * @param <T> type of the result
 */
final class SessionStep<R, T> extends ResultTask<T> {

	private final SessionTask<R> session;

	private final BlockingFunction<? super R, ? extends @Nullable T> step;

	private SessionStep(SessionTask<R> session, BlockingFunction<? super R, ? extends @Nullable T> step,
			CoreSubscriber<? super T> actual) {
		super(session.engine, null, CallContext.capture(actual.currentContext()), actual);
		this.session = session;
		this.step = step;
	}

	@Override
	void submit() {
		this.session.submit(this);
	}

	@Override
	public @Nullable T call() throws Exception {
		return this.step.apply(this.session.resource());
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
