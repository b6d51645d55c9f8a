package io.github.loopguard.bridge.engine.lane;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

import io.github.loopguard.bridge.BlockingFunction;
import io.github.loopguard.bridge.engine.LaneEngine;
import io.github.loopguard.bridge.engine.context.CallContext;

/**
 * One step of a session, which runs on the session's thread.
 */
final class SessionStep<R, T> extends ResultTask<T> {

	private final SessionTask<R> session;

	private final BlockingFunction<? super R, ? extends @Nullable T> step;

	SessionStep(LaneEngine engine, SessionTask<R> session, BlockingFunction<? super R, ? extends @Nullable T> step,
			CoreSubscriber<? super T> actual) {
		super(engine, null, CallContext.capture(actual.currentContext()), actual);
		this.session = session;
		this.step = step;
	}

	@Override
	void submit() {
		this.session.submit(this);
	}

	@Override
	protected void dropped() {
		this.session.remove(this);
	}

	@Override
	public @Nullable T call() throws Exception {
		return this.step.apply(this.session.resource());
	}

}
