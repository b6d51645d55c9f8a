package io.github.loopguard.bridge.engine.lane;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

import io.github.loopguard.bridge.engine.LaneEngine;
import io.github.loopguard.bridge.engine.TaskKind;

/**
 * One step of a session, which runs on the session's thread.
 */
final class SessionStep<T> extends CallTask<T> {

	private final SessionTask<?> session;

	SessionStep(LaneEngine engine, SessionTask<?> session, Callable<? extends @Nullable T> step,
			CoreSubscriber<? super T> actual) {
		super(TaskKind.CALL, engine, null, step, session::submit, actual);
		this.session = session;
	}

	@Override
	protected void dropped() {
		this.session.remove(this);
	}

}
