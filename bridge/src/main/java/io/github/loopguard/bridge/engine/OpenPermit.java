package io.github.loopguard.bridge.engine;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.bridge.BridgeException;

/**
 * The permit of one stream or session. Acquired and released at most once, in whatever
 * order the two come: a cancel may arrive while the subscription is being accepted.
 */
public final class OpenPermit {

	private final LaneEngine engine;

	private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

	public OpenPermit(LaneEngine engine) {
		this.engine = engine;
	}

	/**
	 * Acquires the permit; one that was released before goes back at once.
	 * @return why it is rejected, {@code null} if it is not
	 */
	public @Nullable BridgeException acquire() {
		BridgeException rejection = this.engine.admitOpen();
		if (rejection == null && !this.state.compareAndSet(State.NEW, State.ACQUIRED)) {
			this.engine.releaseOpen();
		}
		return rejection;
	}

	public void release() {
		if (this.state.getAndSet(State.RELEASED) == State.ACQUIRED) {
			this.engine.releaseOpen();
		}
	}

	private enum State {

		NEW, ACQUIRED, RELEASED

	}

}
