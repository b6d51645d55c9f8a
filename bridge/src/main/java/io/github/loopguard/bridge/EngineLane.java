package io.github.loopguard.bridge;

import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A lane's API on its engine, for work in any order or in that of one key.
 */
final class EngineLane implements Lane {

	private final LaneEngine engine;

	private final @Nullable Object key;

	EngineLane(LaneEngine engine, @Nullable Object key) {
		this.engine = engine;
		this.key = key;
	}

	LaneEngine engine() {
		return this.engine;
	}

	@Override
	public String name() {
		return this.engine.name();
	}

	@Override
	public <T> Mono<T> call(Callable<? extends @Nullable T> work) {
		Objects.requireNonNull(work, "'work' must not be null");
		Mono<T> call = LaneCall.of(this.engine, this.key, work, false);
		CallDecorator decorator = this.engine.decorator();
		return (decorator != null) ? decorator.decorate(name(), call) : call;
	}

	/**
	 * Runs work on behalf of many, without the context of any of them.
	 */
	<T> Mono<T> callForMany(Callable<? extends @Nullable T> work) {
		return LaneCall.withoutContext(this.engine, this.key, work);
	}

	@Override
	public <T> Mono<T> callIfOnLoop(Callable<? extends @Nullable T> work) {
		Objects.requireNonNull(work, "'work' must not be null");
		return LaneCall.of(this.engine, this.key, work, true);
	}

	@Override
	public <T> Flux<T> stream(Callable<? extends Stream<? extends T>> stream) {
		Objects.requireNonNull(stream, "'stream' must not be null");
		return flux(() -> new IteratorCursor<T>(stream.call()), IteratorCursor::next);
	}

	@Override
	public <T> Flux<T> iterate(Callable<? extends Iterator<? extends T>> iterator) {
		Objects.requireNonNull(iterator, "'iterator' must not be null");
		return flux(() -> new IteratorCursor<T>(iterator.call()), IteratorCursor::next);
	}

	@Override
	public <C extends AutoCloseable, T> Flux<T> stream(Callable<? extends C> open,
			BlockingFunction<? super C, ? extends T> next) {
		Objects.requireNonNull(open, "'open' must not be null");
		Objects.requireNonNull(next, "'next' must not be null");
		return flux(open, next);
	}

	@Override
	public <T> Flux<T> defer(Callable<? extends Publisher<? extends T>> source) {
		Objects.requireNonNull(source, "'source' must not be null");
		return LaneDefer.of(this.engine, this.key, source);
	}

	private <C, T> Flux<T> flux(Callable<? extends C> open, BlockingFunction<? super C, ? extends T> next) {
		return LaneStream.of(this.engine, this.key, open, next);
	}

	@Override
	public <R, T> Flux<T> session(Callable<? extends R> open,
			Function<? super LaneSession<R>, ? extends Publisher<? extends T>> use) {
		Objects.requireNonNull(open, "'open' must not be null");
		Objects.requireNonNull(use, "'use' must not be null");
		return Flux.usingWhen(new SessionOpen<R>(this.engine, this.key, open), use, SessionTask::close,
				(session, error) -> session.close(), SessionTask::close);
	}

	@Override
	public Lane ordered(Object key) {
		return new EngineLane(this.engine, Objects.requireNonNull(key, "'key' must not be null"));
	}

	@Override
	public LaneStatus status() {
		return this.engine.status();
	}

	@Override
	public String toString() {
		return (this.key != null) ? "Lane '" + name() + "' ordered by " + this.key : "Lane '" + name() + "'";
	}

}
