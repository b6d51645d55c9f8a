package io.github.loopguard.bridge.engine.lane;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;

import io.github.loopguard.bridge.BlockingFunction;
import io.github.loopguard.bridge.CallDecorator;
import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneClosedException;
import io.github.loopguard.bridge.LaneProvider;
import io.github.loopguard.bridge.LaneSession;
import io.github.loopguard.bridge.LaneStatus;
import io.github.loopguard.bridge.LaneTimer;
import io.github.loopguard.bridge.engine.CallOptions;
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

	private final CallOptions options;

	EngineLane(LaneEngine engine) {
		this(engine, new AtomicReference<>(), CallOptions.NONE);
	}

	private EngineLane(LaneEngine engine, AtomicReference<@Nullable CallDecorator> decorator, CallOptions options) {
		this.engine = engine;
		this.decorator = decorator;
		this.options = options;
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
			if (this.options.key() == null && !NonBlockingThreads.onEventLoop()) {
				task.runInPlace();
			}
			else {
				this.engine.submit(task);
			}
		});
	}

	private <T> Mono<T> call(TaskKind kind, Callable<? extends @Nullable T> work, CallTask.Place place) {
		Objects.requireNonNull(work, "'work' must not be null");
		Mono<T> call = TaskMono.of((actual) -> {
			TimeLimit limit = limit(actual.currentContext());
			CallTask<T> task = new CallTask<>(kind, this.engine, this.options.key(), work, place, actual);
			return () -> task.start(limit);
		});
		CallDecorator decorator = this.decorator.get();
		return (decorator != null) ? decorator.decorate(name(), this.options.name(), call) : call;
	}

	private @Nullable TimeLimit limit(ContextView subscriber) {
		return TimeLimit.of(this.options.timeout(), subscriber);
	}

	@Override
	public <A, B> Function<Flux<A>, Flux<B>> mapping(BlockingFunction<? super A, ? extends B> function) {
		Objects.requireNonNull(function, "'function' must not be null");
		int threads = this.engine.maxThreads();
		return (source) -> Flux
			.using(() -> OpenPermit.of(this.engine),
					(permit) -> source.flatMapSequential((argument) -> this.<B>call(TaskKind.CONTINUATION,
							() -> function.apply(argument), this.engine::submitReserved), threads, 1),
					OpenPermit::release);
	}

	@Override
	public <T> LaneProvider.SharedCall<T> share(Callable<? extends @Nullable T> work,
			BiConsumer<? super @Nullable T, ? super @Nullable Throwable> outcome) {
		return new SharedCallTask<>(this.engine, this.options.key(), work, outcome);
	}

	@Override
	public Scheduler asScheduler() {
		return new LaneScheduler(this.engine, this.options.key());
	}

	@Override
	public <C extends AutoCloseable, T> Flux<T> stream(Callable<? extends C> open,
			BlockingFunction<? super C, Boolean> advance, BlockingFunction<? super C, ? extends T> read) {
		Objects.requireNonNull(open, "'open' must not be null");
		Objects.requireNonNull(advance, "'advance' must not be null");
		Objects.requireNonNull(read, "'read' must not be null");
		return flux((sink) -> new CursorSource<>(this.engine, this.options.key(), open, advance, read, sink));
	}

	@Override
	public <T> Flux<T> defer(Callable<? extends Publisher<? extends T>> source) {
		Objects.requireNonNull(source, "'source' must not be null");
		return flux((sink) -> new DeferredSource<>(this.engine, this.options.key(), source, sink));
	}

	private <T> Flux<T> flux(Function<FluxSink<T>, SteppedSource<T>> source) {
		return decorated(ArmedFlux.of(Flux.create((sink) -> source.apply(sink).start(limit(sink.contextView())),
				FluxSink.OverflowStrategy.IGNORE)));
	}

	private <T> Flux<T> decorated(Flux<T> flux) {
		CallDecorator decorator = this.decorator.get();
		return (decorator != null) ? decorator.decorate(name(), this.options.name(), flux) : flux;
	}

	@Override
	public <R, T> Flux<T> session(Callable<? extends R> open,
			Function<? super LaneSession<R>, ? extends Publisher<? extends T>> use) {
		Objects.requireNonNull(open, "'open' must not be null");
		Objects.requireNonNull(use, "'use' must not be null");
		return decorated(Flux.deferContextual((context) -> {
			TimeLimit limit = limit(context);
			Mono<SessionTask<R>> session = TaskMono.of((actual) -> {
				SessionTask<R> task = new SessionTask<>(this.engine, this.options.key(), open, actual);
				return () -> task.start(limit);
			});
			return Flux.usingWhen(session, (opened) -> inTime(limit, use.apply(opened)), SessionTask::close,
					(opened, error) -> opened.close(), SessionTask::close);
		}));
	}

	private <T> Publisher<? extends T> inTime(@Nullable TimeLimit limit, Publisher<? extends T> steps) {
		return (limit != null) ? limit.apply(steps, name()) : steps;
	}

	@Override
	public Lane ordered(Object key) {
		return view(this.options.withKey(Objects.requireNonNull(key, "'key' must not be null")));
	}

	@Override
	public Lane observedAs(String name) {
		return view(this.options.withName(Objects.requireNonNull(name, "'name' must not be null")));
	}

	@Override
	public Lane withTimeout(Duration timeout) {
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("The timeout of a call must be positive, not " + timeout);
		}
		return view(this.options.withTimeout(timeout));
	}

	private EngineLane view(CallOptions options) {
		return new EngineLane(this.engine, this.decorator, options);
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
		return this.engine.close(grace, LaneClosedException::ofBridge);
	}

	@Override
	public void replaceBy(LaneProvider.ManagedLane lane) {
		lane.decorate(this.decorator.get());
		lane.measure(this.engine.timer());
		this.engine.close(REPLACED_GRACE, LaneClosedException::ofReplaced).subscribe();
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
		Object key = this.options.key();
		return (key != null) ? "Lane '" + name() + "' ordered by " + key : "Lane '" + name() + "'";
	}

}
