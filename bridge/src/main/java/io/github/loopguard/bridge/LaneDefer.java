package io.github.loopguard.bridge;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * A {@code Flux} whose source is made, subscribed to and asked for elements in a lane.
 *
 * @param <T> type of the elements
 */
final class LaneDefer<T> extends Flux<T> {

	private final LaneEngine engine;

	private final @Nullable Object key;

	private final Callable<? extends Publisher<? extends T>> source;

	private LaneDefer(LaneEngine engine, @Nullable Object key, Callable<? extends Publisher<? extends T>> source) {
		this.engine = engine;
		this.key = key;
		this.source = source;
	}

	static <T> Flux<T> of(LaneEngine engine, @Nullable Object key, Callable<? extends Publisher<? extends T>> source) {
		return onAssembly(new LaneDefer<>(engine, key, source));
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		// A timeout may meet an element on its way.
		CoreSubscriber<? super T> serialized = Operators.serialize(actual);
		serialized.onSubscribe(new DeferTask<>(this.engine, this.key, this.source, serialized));
	}

}
