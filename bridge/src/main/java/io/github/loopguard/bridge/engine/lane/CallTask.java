package io.github.loopguard.bridge.engine.lane;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

import io.github.loopguard.bridge.engine.LaneEngine;
import io.github.loopguard.bridge.engine.context.CallContext;
import io.github.loopguard.bridge.engine.context.NonBlockingThreads;

/**
 * Runs blocking work once for a subscriber.
 */
final class CallTask<T> extends ResultTask<T> {

	private final Callable<? extends @Nullable T> work;

	private final boolean onlyOnLoop;

	CallTask(LaneEngine engine, @Nullable Object key, CallContext context, Callable<? extends @Nullable T> work,
			boolean onlyOnLoop, CoreSubscriber<? super T> actual) {
		super(engine, key, context, actual);
		this.work = work;
		this.onlyOnLoop = onlyOnLoop;
	}

	@Override
	void submit() {
		if (this.onlyOnLoop && this.key == null && !NonBlockingThreads.onEventLoop()) {
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
