package io.github.loopguard.bridge.engine.lane;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;

import io.github.loopguard.bridge.BlockingFunction;
import io.github.loopguard.bridge.CallDecorator;
import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneProvider;
import io.github.loopguard.bridge.LaneSession;
import io.github.loopguard.bridge.LaneStatus;
import io.github.loopguard.bridge.LaneTimer;
import io.github.loopguard.bridge.engine.LaneEngine;
import io.github.loopguard.bridge.engine.OpenPermit;
import io.github.loopguard.bridge.engine.TaskKind;
import io.github.loopguard.bridge.engine.TimeLimit;
import io.github.loopguard.bridge.engine.context.NonBlockingThreads;

/**
 * A lane on its engine, for calls in any order or in the order of one key.
 */
final class EngineLane implements LaneProvider.ManagedLane {

	private static final Duration REPLACED_GRACE = Duration.ofMinutes(1);

	private final LaneEngine engine;

	private final AtomicReference<@Nullable CallDecorator> decorator;

	private final @Nullable Object key;

	private final @Nullable String observedAs;

	private final @Nullable Duration timeout;

	EngineLane(LaneEngine engine) {
		this(engine, new AtomicReference<>(), null, null, null);
	}

	private EngineLane(LaneEngine engine, AtomicReference<@Nullable CallDecorator> decorator, @Nullable Object key,
			@Nullable String observedAs, @Nullable Duration timeout) {
		this.engine = engine;
		this.decorator = decorator;
		this.key = key;
		this.observedAs = observedAs;
		this.timeout = timeout;
	}

	@Override
	public String name() {
		return this.engine.name();
	}

	@Override
	public <T> Mono<T> call(Callable<? extends @Nullable T> work) {
		return call(TaskKind.CALL, work, this.engine::submit);
	}

	@Override
	public <T> Mono<T> callIfOnLoop(Callable<? extends @Nullable T> work) {
		return call(TaskKind.CALL, work, (task) -> {
			if (this.key == null && !NonBlockingThreads.onEventLoop()) {
				task.runInPlace();
			}
			else {
				this.engine.submit(task);
			}
		});
	}

	private <T> Mono<T> call(TaskKind kind, Callable<? extends @Nullable T> work, Consumer<CallTask<?>> submit) {
		Objects.requireNonNull(work, "'work' must not be null");
		Mono<T> call = TaskFlux.single((actual) -> new CallTask<T>(kind, this.engine, this.key, work, submit, actual,
				limit(actual.currentContext()))::start);
		CallDecorator decorator = this.decorator.get();
		return (decorator != null) ? decorator.decorate(name(), this.observedAs, call) : call;
	}

	private @Nullable TimeLimit limit(ContextView subscriber) {
		return TimeLimit.of(this.timeout, subscriber, name());
	}

	@Override
	public <A, B> Function<Flux<A>, Flux<B>> mapping(BlockingFunction<? super A, ? extends B> function) {
		Objects.requireNonNull(function, "'function' must not be null");
		int threads = this.engine.limits().threads();
		return (source) -> Flux.using(
				() -> OpenPermit.of(this.engine), (permit) -> source.flatMapSequential((argument) -> this
					.<B>call(TaskKind.CONTINUATION, () -> function.apply(argument), this.engine::submit), threads, 1),
				OpenPermit::release);
	}

	@Override
	public <T> Runnable share(Callable<? extends @Nullable T> work,
			BiConsumer<? super @Nullable T, ? super @Nullable Throwable> outcome) {
		return new SharedCallTask<T>(this.engine, this.key, work, outcome)::join;
	}

	@Override
	public Scheduler asScheduler() {
		return new LaneScheduler(this.engine, this.key);
	}

	@Override
	public <C extends AutoCloseable, T> Flux<T> stream(Callable<? extends C> open,
			BlockingFunction<? super C, Boolean> advance, BlockingFunction<? super C, ? extends T> read) {
		Objects.requireNonNull(open, "'open' must not be null");
		Objects.requireNonNull(advance, "'advance' must not be null");
		Objects.requireNonNull(read, "'read' must not be null");
		return decorated(TaskFlux.of((actual) -> new CursorSource<C, T>(this.engine, this.key, open, advance, read,
				actual, limit(actual.currentContext()))::start));
	}

	@Override
	public <T> Flux<T> defer(Callable<? extends Publisher<? extends T>> source) {
		Objects.requireNonNull(source, "'source' must not be null");
		return decorated(TaskFlux.of((actual) -> new DeferredSource<T>(this.engine, this.key, source, actual,
				limit(actual.currentContext()))::start));
	}

	private <T> Flux<T> decorated(Flux<T> flux) {
		CallDecorator decorator = this.decorator.get();
		return (decorator != null) ? decorator.decorate(name(), this.observedAs, flux) : flux;
	}

	@Override
	public <R, T> Flux<T> session(Callable<? extends R> open,
			Function<? super LaneSession<R>, ? extends Publisher<? extends T>> use) {
		Objects.requireNonNull(open, "'open' must not be null");
		Objects.requireNonNull(use, "'use' must not be null");
		return decorated(Flux.deferContextual((context) -> {
			TimeLimit limit = limit(context);
			Mono<SessionTask<R>> session = TaskFlux
				.single((actual) -> new SessionTask<R>(this.engine, this.key, open, actual, limit)::start);
			return Flux.usingWhen(session,
					(opened) -> (limit != null) ? limit.apply(use.apply(opened)) : use.apply(opened),
					SessionTask::close);
		}));
	}

	@Override
	public Lane ordered(Object key) {
		return new EngineLane(this.engine, this.decorator, Objects.requireNonNull(key, "'key' must not be null"),
				this.observedAs, this.timeout);
	}

	@Override
	public Lane observedAs(String name) {
		return new EngineLane(this.engine, this.decorator, this.key,
				Objects.requireNonNull(name, "'name' must not be null"), this.timeout);
	}

	@Override
	public Lane withTimeout(Duration timeout) {
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("The timeout of a call must be positive, not " + timeout);
		}
		return new EngineLane(this.engine, this.decorator, this.key, this.observedAs, timeout);
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
	public void measure(@Nullable LaneTimer timer) {
		this.engine.measure(timer);
	}

	@Override
	public Mono<Void> close(Duration grace) {
		return this.engine.close(grace, LaneEngine.SHUTDOWN);
	}

	@Override
	public void replaceBy(LaneProvider.ManagedLane lane) {
		lane.decorate(this.decorator.get());
		lane.measure(this.engine.timer());
		this.engine
			.close(REPLACED_GRACE,
					"it was defined again; take it from BlockingBridge.lane(\"" + name() + "\") for each call")
			.subscribe();
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
		return "Lane '" + name() + "'" + ((this.key != null) ? " ordered by " + this.key : "");
	}

}
