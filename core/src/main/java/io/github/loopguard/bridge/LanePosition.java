package io.github.loopguard.bridge;

import org.jspecify.annotations.Nullable;

/**
 * Where the current thread stands: in which lane's call, and whether in the blocking code
 * itself or already in what the subscriber makes of its result.
 */
final class LanePosition {

	private static final ThreadLocal<@Nullable LanePosition> CURRENT = new ThreadLocal<>();

	final LaneEngine engine;

	final @Nullable Object key;

	boolean emitting;

	private final @Nullable LanePosition outer;

	private LanePosition(LaneEngine engine, @Nullable Object key, @Nullable LanePosition outer) {
		this.engine = engine;
		this.key = key;
		this.outer = outer;
	}

	static LanePosition enter(LaneEngine engine, @Nullable Object key) {
		LanePosition position = new LanePosition(engine, key, CURRENT.get());
		CURRENT.set(position);
		return position;
	}

	void leave() {
		if (this.outer != null) {
			CURRENT.set(this.outer);
		}
		else {
			CURRENT.remove();
		}
	}

	/**
	 * Returns the innermost call of this engine on the current thread.
	 */
	static @Nullable LanePosition in(LaneEngine engine) {
		LanePosition position = CURRENT.get();
		while (position != null && position.engine != engine) {
			position = position.outer;
		}
		return position;
	}

	/**
	 * Returns whether the current thread is inside an ordered call for the key.
	 */
	static boolean holds(LaneEngine engine, Object key) {
		for (LanePosition at = CURRENT.get(); at != null; at = at.outer) {
			if (at.engine == engine && !at.emitting && key.equals(at.key)) {
				return true;
			}
		}
		return false;
	}

}
