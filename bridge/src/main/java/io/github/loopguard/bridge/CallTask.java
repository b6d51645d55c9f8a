package io.github.loopguard.bridge;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/**
 * One subscription to a {@link LaneCall}.
 *
 * @param <T> type of the result
 */
final class CallTask<T> extends ResultTask<T> {

	private final Callable<? extends @Nullable T> work;

	private final boolean onlyOffLoop;

	CallTask(LaneEngine engine, @Nullable Object key, CallContext context, Callable<? extends @Nullable T> work,
			boolean onlyOffLoop, CoreSubscriber<? super T> actual) {
		super(engine, key, context, actual);
		this.work = work;
		this.onlyOffLoop = onlyOffLoop;
	}

	@Override
	void submit() {
		if (this.onlyOffLoop && !NonBlockingThreads.onEventLoop()) {
			runInPlace();
		}
		else {
			this.engine.submit(this);
		}
	}

	@Override
	public @Nullable T call() throws Exception {
		return this.work.call();
	}

}
