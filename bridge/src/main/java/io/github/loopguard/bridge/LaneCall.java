package io.github.loopguard.bridge;

import java.util.concurrent.Callable;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * A {@code Mono} that runs blocking work in a lane, once per subscription.
 *
 * @param <T> type of the result
 */
final class LaneCall<T> extends Mono<T> {

	private final LaneEngine engine;

	private final @Nullable Object key;

	private final Callable<? extends @Nullable T> work;

	private final boolean onlyOffLoop;

	private final Function<ContextView, CallContext> capture;

	private LaneCall(LaneEngine engine, @Nullable Object key, Callable<? extends @Nullable T> work, boolean onlyOffLoop,
			Function<ContextView, CallContext> capture) {
		this.engine = engine;
		this.key = key;
		this.work = work;
		this.onlyOffLoop = onlyOffLoop;
		this.capture = capture;
	}

	static <T> Mono<T> of(LaneEngine engine, @Nullable Object key, Callable<? extends @Nullable T> work,
			boolean onlyOffLoop) {
		return onAssembly(new LaneCall<>(engine, key, work, onlyOffLoop, CallContext::capture));
	}

	/**
	 * Returns a call on behalf of many, which must not run in the context of one.
	 */
	static <T> Mono<T> withoutContext(LaneEngine engine, @Nullable Object key, Callable<? extends @Nullable T> work) {
		return onAssembly(new LaneCall<>(engine, key, work, false, (subscriber) -> CallContext.NONE));
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		CallContext context = this.capture.apply(actual.currentContext());
		actual.onSubscribe(new CallTask<>(this.engine, this.key, context, this.work, this.onlyOffLoop, actual));
	}

}
