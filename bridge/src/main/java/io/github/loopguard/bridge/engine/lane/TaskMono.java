package io.github.loopguard.bridge.engine.lane;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * A {@code Mono} that starts a task for each subscription. Not {@code Mono.create}, which
 * can lose a request that another thread makes meanwhile, and can emit a result on the
 * thread that requests it.
 */
final class TaskMono<T> extends Mono<T> implements Scannable {

	private final Function<CoreSubscriber<? super T>, Runnable> start;

	private TaskMono(Function<CoreSubscriber<? super T>, Runnable> start) {
		this.start = start;
	}

	/**
	 * Returns a {@code Mono}.
	 * @param start creates what starts the task of a subscriber
	 */
	static <T> Mono<T> of(Function<CoreSubscriber<? super T>, Runnable> start) {
		return onAssembly(new TaskMono<>(start));
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
