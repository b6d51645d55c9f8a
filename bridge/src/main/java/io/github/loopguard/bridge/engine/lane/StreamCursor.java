package io.github.loopguard.bridge.engine.lane;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.bridge.BridgeException;
import io.github.loopguard.bridge.engine.LaneEngine;
import io.github.loopguard.bridge.engine.OpenPermit;

/**
 * A cursor that is opened once, closed once, and holds a permit of the lane in between.
 */
final class StreamCursor<C> {

	private final Callable<? extends C> open;

	private final OpenPermit permit;

	private final AtomicBoolean closed = new AtomicBoolean();

	private volatile @Nullable C cursor;

	StreamCursor(LaneEngine engine, Callable<? extends C> open) {
		this.open = open;
		this.permit = new OpenPermit(engine);
	}

	boolean unopened() {
		return this.cursor == null;
	}

	@Nullable BridgeException reserve() {
		return this.permit.acquire();
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
		if (this.closed.compareAndSet(false, true)) {
			try {
				this.permit.close(this.cursor);
			}
			finally {
				this.permit.release();
			}
		}
	}

}
