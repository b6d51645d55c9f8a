package io.github.loopguard.bridge.engine.lane;

import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.bridge.engine.CurrentCall;
import io.github.loopguard.bridge.engine.LaneEngine;
import io.github.loopguard.bridge.engine.LaneTask;
import io.github.loopguard.bridge.engine.TaskKind;
import io.github.loopguard.bridge.engine.context.CallContext;

/**
 * Runs blocking work once for many, in the context of none of them.
 */
final class SharedCallTask<T> extends LaneTask<T> {

	private final Callable<? extends @Nullable T> work;

	private final BiConsumer<? super @Nullable T, ? super @Nullable Throwable> outcome;

	SharedCallTask(LaneEngine engine, @Nullable Object key, Callable<? extends @Nullable T> work,
			BiConsumer<? super @Nullable T, ? super @Nullable Throwable> outcome) {
		super(TaskKind.CALL, engine, key, CallContext.EMPTY, null);
		this.work = work;
		this.outcome = outcome;
	}

	/**
	 * Starts the work, or helps it if the current thread would wait for it.
	 */
	void join() {
		if (firstRequest()) {
			this.engine.submit(this);
		}
		else if (runsOnCurrentThread()) {
			throw new IllegalStateException("The work of a LaneCache asks the cache for the key that it works on");
		}
		else {
			this.engine.help(this);
		}
	}

	@Override
	public @Nullable T call() throws Exception {
		return CurrentCall.undisturbed(this.work);
	}

	@Override
	protected void succeeded(@Nullable T value) {
		this.outcome.accept(value, null);
	}

	@Override
	protected void failed(Throwable error) {
		this.outcome.accept(null, error);
	}

}
