package io.github.loopguard.bridge;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

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

	private LaneCall(LaneEngine engine, @Nullable Object key, Callable<? extends @Nullable T> work,
			boolean onlyOffLoop) {
		this.engine = engine;
		this.key = key;
		this.work = work;
		this.onlyOffLoop = onlyOffLoop;
	}

	static <T> Mono<T> of(LaneEngine engine, @Nullable Object key, Callable<? extends @Nullable T> work,
			boolean onlyOffLoop) {
		return onAssembly(new LaneCall<>(engine, key, work, onlyOffLoop));
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		actual.onSubscribe(new CallTask<>(this.engine, this.key, this.work, this.onlyOffLoop, actual));
	}

}
