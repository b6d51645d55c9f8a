package io.github.loopguard.bridge;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * A {@code Flux} that reads a blocking cursor in a lane, batch by batch.
 *
 * @param <C> type of the cursor
 * @param <T> type of the elements
 */
final class LaneStream<C, T> extends Flux<T> {

	final LaneEngine engine;

	final @Nullable Object key;

	final Callable<? extends C> open;

	final BlockingFunction<? super C, ? extends @Nullable T> next;

	private LaneStream(LaneEngine engine, @Nullable Object key, Callable<? extends C> open,
			BlockingFunction<? super C, ? extends @Nullable T> next) {
		this.engine = engine;
		this.key = key;
		this.open = open;
		this.next = next;
	}

	static <C, T> Flux<T> of(LaneEngine engine, @Nullable Object key, Callable<? extends C> open,
			BlockingFunction<? super C, ? extends @Nullable T> next) {
		return onAssembly(new LaneStream<C, T>(engine, key, open, next));
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		// A timeout may meet an element on its way.
		CoreSubscriber<? super T> serialized = Operators.serialize(actual);
		serialized.onSubscribe(new StreamSubscription<>(this, serialized));
	}

}
