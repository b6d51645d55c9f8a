package io.github.loopguard.bridge.engine.lane;

import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.loopguard.bridge.BlockingFunction;
import io.github.loopguard.bridge.CallDecorator;
import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneProvider;
import io.github.loopguard.bridge.LaneSession;
import io.github.loopguard.bridge.LaneStatus;
import io.github.loopguard.bridge.engine.LaneEngine;
import io.github.loopguard.bridge.engine.context.CallContext;

/**
 * A lane on its engine, for calls in any order or in the order of one key.
 */
final class EngineLane implements LaneProvider.ManagedLane {

	private final LaneEngine engine;

	private final AtomicReference<@Nullable CallDecorator> decorator;

	private final @Nullable Object key;

	EngineLane(LaneEngine engine) {
		this(engine, new AtomicReference<>(), null);
	}

	private EngineLane(LaneEngine engine, AtomicReference<@Nullable CallDecorator> decorator, @Nullable Object key) {
		this.engine = engine;
		this.decorator = decorator;
		this.key = key;
	}

	@Override
	public String name() {
		return this.engine.name();
	}

	@Override
	public <T> Mono<T> call(Callable<? extends @Nullable T> work) {
		Objects.requireNonNull(work, "'work' must not be null");
		Mono<T> call = call(work, false);
		CallDecorator decorator = this.decorator.get();
		return (decorator != null) ? decorator.decorate(name(), call) : call;
	}

	@Override
	public <T> Mono<T> callWithoutContext(Callable<? extends @Nullable T> work) {
		return new TaskMono<T>((actual) -> new CallTask<>(this.engine, this.key, CallContext.NONE, work, false, actual))
			.assembled();
	}

	@Override
	public <T> Mono<T> callIfOnLoop(Callable<? extends @Nullable T> work) {
		Objects.requireNonNull(work, "'work' must not be null");
		return call(work, true);
	}

	private <T> Mono<T> call(Callable<? extends @Nullable T> work, boolean onlyOnLoop) {
		return new TaskMono<T>((actual) -> new CallTask<>(this.engine, this.key,
				CallContext.capture(actual.currentContext()), work, onlyOnLoop, actual))
			.assembled();
	}

	@Override
	public <T> Flux<T> stream(Callable<? extends Stream<? extends T>> stream) {
		Objects.requireNonNull(stream, "'stream' must not be null");
		return flux(() -> CursorReader.<T>of(stream.call()), CursorReader::next);
	}

	@Override
	public <T> Flux<T> iterate(Callable<? extends Iterator<? extends T>> iterator) {
		Objects.requireNonNull(iterator, "'iterator' must not be null");
		return flux(() -> CursorReader.<T>of(iterator.call()), CursorReader::next);
	}

	@Override
	public <C extends AutoCloseable, T> Flux<T> stream(Callable<? extends C> open,
			BlockingFunction<? super C, Boolean> advance, BlockingFunction<? super C, ? extends T> read) {
		Objects.requireNonNull(open, "'open' must not be null");
		Objects.requireNonNull(advance, "'advance' must not be null");
		Objects.requireNonNull(read, "'read' must not be null");
		return flux(() -> new CursorReader<C, T>(open.call(), advance, read), CursorReader::next);
	}

	@Override
	public <T> Flux<T> defer(Callable<? extends Publisher<? extends T>> source) {
		Objects.requireNonNull(source, "'source' must not be null");
		return new TaskFlux<T>((actual) -> new DeferTask<>(this.engine, this.key, source, actual)).assembled();
	}

	private <C, T> Flux<T> flux(Callable<? extends C> open, BlockingFunction<? super C, ? extends T> next) {
		return new TaskFlux<T>((actual) -> new StreamSubscription<>(this.engine, this.key, open, next, actual))
			.assembled();
	}

	@Override
	public <R, T> Flux<T> session(Callable<? extends R> open,
			Function<? super LaneSession<R>, ? extends Publisher<? extends T>> use) {
		Objects.requireNonNull(open, "'open' must not be null");
		Objects.requireNonNull(use, "'use' must not be null");
		TaskMono<SessionTask<R>> session = new TaskMono<>(
				(actual) -> new SessionTask<>(this.engine, this.key, open, actual));
		return Flux.usingWhen(session, use, SessionTask::close, (opened, error) -> opened.close(), SessionTask::close);
	}

	@Override
	public Lane ordered(Object key) {
		return new EngineLane(this.engine, this.decorator, Objects.requireNonNull(key, "'key' must not be null"));
	}

	@Override
	public LaneStatus status() {
		return this.engine.status();
	}

	@Override
	public void decorate(@Nullable CallDecorator decorator) {
		this.decorator.set(decorator);
	}

	@Override
	public Mono<Void> close(Duration grace) {
		return this.engine.close(grace);
	}

	@Override
	public void closeNow() {
		this.engine.closeNow();
	}

	@Override
	public void reopen() {
		this.engine.reopen();
	}

	@Override
	public String toString() {
		return (this.key != null) ? "Lane '" + name() + "' ordered by " + this.key : "Lane '" + name() + "'";
	}

}
