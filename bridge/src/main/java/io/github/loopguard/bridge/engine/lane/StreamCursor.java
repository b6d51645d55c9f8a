package io.github.loopguard.bridge.engine.lane;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.bridge.BridgeException;
import io.github.loopguard.bridge.engine.LaneEngine;

/**
 * A cursor that is opened once, closed once, and holds a permit of the lane in between.
 */
final class StreamCursor<C> {

	private final LaneEngine engine;

	private final Callable<? extends C> open;

	private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

	private volatile @Nullable C cursor;

	StreamCursor(LaneEngine engine, Callable<? extends C> open) {
		this.engine = engine;
		this.open = open;
	}

	boolean unopened() {
		return this.cursor == null;
	}

	@Nullable BridgeException reserve() {
		BridgeException rejection = this.engine.admitOpen();
		if (rejection == null && !this.state.compareAndSet(State.NEW, State.RESERVED)) {
			this.engine.releaseOpen();
		}
		return rejection;
	}

	C get() throws Exception {
		C cursor = this.cursor;
		if (cursor == null) {
			cursor = this.open.call();
			this.cursor = cursor;
		}
		return cursor;
	}

	/**
	 * Closes the cursor on the current thread and releases its permit.
	 */
	void close() {
		State before = this.state.getAndSet(State.CLOSED);
		if (before == State.CLOSED) {
			return;
		}
		try {
			this.engine.closeResource(this.cursor);
		}
		finally {
			if (before == State.RESERVED) {
				this.engine.releaseOpen();
			}
		}
	}

	private enum State {

		NEW, RESERVED, CLOSED

	}

}
