package io.github.loopguard.test.tracking;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;

/**
 * Attributes the handling of a request to a test, including the reading of its body.
 */
public final class RequestWork {

	private final @Nullable Work work;

	RequestWork(@Nullable Work work) {
		this.work = work;
	}

	/**
	 * Attributes the handling of the request to the test.
	 * @param handling the handling
	 * @return the same, as part of the test
	 */
	public Mono<Void> handling(Mono<Void> handling) {
		return (this.work != null) ? new Handling(handling, this.work) : handling;
	}

	/**
	 * Attributes the reading of the body to the test.
	 * @param <T> type of its elements
	 * @param body the body
	 * @return the same, as part of the test
	 */
	public <T> Flux<T> body(Flux<T> body) {
		return (this.work != null) ? new Body<>(body, this.work) : body;
	}

	private static final class Handling extends MonoOperator<Void, Void> {

		private final Work work;

		Handling(Mono<Void> source, Work work) {
			super(source);
			this.work = work;
		}

		@Override
		public void subscribe(CoreSubscriber<? super Void> actual) {
			TestTracker.run(this.work, () -> this.source.subscribe(new WorkingSubscriber<>(actual, this.work)));
		}

	}

	private static final class Body<T> extends FluxOperator<T, T> {

		private final Work work;

		Body(Flux<T> source, Work work) {
			super(source);
			this.work = work;
		}

		@Override
		public void subscribe(CoreSubscriber<? super T> actual) {
			this.source.subscribe(new WorkingSubscriber<>(actual, this.work));
		}

	}

}
