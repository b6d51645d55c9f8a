package io.github.loopguard.bridge;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cursor that is opened once, closed once, and holds its place in the lane between.
 *
 * @param <C> type of the cursor
 */
final class StreamCursor<C> {

	private static final Logger logger = LoggerFactory.getLogger(StreamCursor.class);

	private final LaneEngine engine;

	private final Callable<? extends C> open;

	private final AtomicReference<State> state = new AtomicReference<>(State.UNTOUCHED);

	private volatile @Nullable C cursor;

	StreamCursor(LaneEngine engine, Callable<? extends C> open) {
		this.engine = engine;
		this.open = open;
	}

	boolean untouched() {
		return this.cursor == null;
	}

	@Nullable BridgeException reserve() {
		BridgeException refusal = this.engine.openOne();
		if (refusal == null && !this.state.compareAndSet(State.UNTOUCHED, State.RESERVED)) {
			this.engine.closeOne();
		}
		return refusal;
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
	 * Closes the cursor if it is open, on the current thread, and gives up its place.
	 */
	void close() {
		State before = this.state.getAndSet(State.CLOSED);
		if (before == State.CLOSED) {
			return;
		}
		try {
			if (this.cursor instanceof AutoCloseable closeable) {
				closeable.close();
			}
		}
		catch (Exception ex) {
			logger.warn("Closing {} in lane '{}' failed", this.cursor, this.engine.name(), ex);
		}
		finally {
			if (before == State.RESERVED) {
				this.engine.closeOne();
			}
		}
	}

	private enum State {

		UNTOUCHED, RESERVED, CLOSED

	}

}
