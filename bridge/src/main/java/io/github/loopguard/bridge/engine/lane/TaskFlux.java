package io.github.loopguard.bridge.engine.lane;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * A {@code Flux} that starts a task for each subscription. Not {@code Flux.create} or
 * {@code Mono.create}, which can lose or repeat a request that another thread makes
 * meanwhile, and can emit a result on the thread that requests it.
 */
final class TaskFlux<T> extends Flux<T> implements Scannable {

	private final Function<CoreSubscriber<? super T>, Runnable> start;

	private TaskFlux(Function<CoreSubscriber<? super T>, Runnable> start) {
		this.start = start;
	}

	/**
	 * Returns a {@code Flux}.
	 * @param start creates what starts the task of a subscriber
	 */
	static <T> Flux<T> of(Function<CoreSubscriber<? super T>, Runnable> start) {
		return onAssembly(new TaskFlux<>(start));
	}

	/**
	 * Returns a {@code Mono} for a task that emits at most one element.
	 */
	static <T> Mono<T> single(Function<CoreSubscriber<? super T>, Runnable> start) {
		return Mono.fromDirect(new TaskFlux<>(start));
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		Runnable task;
		try {
			task = this.start.apply(actual);
		}
		catch (RuntimeException ex) {
			Operators.error(actual, ex);
			return;
		}
		task.run();
	}

	@Override
	public @Nullable Object scanUnsafe(Attr key) {
		return (key == Attr.RUN_STYLE) ? Attr.RunStyle.ASYNC : null;
	}

}
