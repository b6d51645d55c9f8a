package io.github.loopguard.bridge;

import org.jspecify.annotations.Nullable;

/**
 * Where the current thread stands: in which lane's call, and whether in the blocking code
 * itself or already in what the subscriber makes of its result.
 */
final class CurrentCall {

	private static final ThreadLocal<Holder> CURRENT = ThreadLocal.withInitial(Holder::new);

	final LaneEngine engine;

	final @Nullable Object key;

	boolean emitting;

	private final @Nullable CurrentCall outer;

	private CurrentCall(LaneEngine engine, @Nullable Object key, @Nullable CurrentCall outer) {
		this.engine = engine;
		this.key = key;
		this.outer = outer;
	}

	static CurrentCall enter(LaneEngine engine, @Nullable Object key) {
		Holder holder = CURRENT.get();
		CurrentCall position = new CurrentCall(engine, key, holder.position);
		holder.position = position;
		return position;
	}

	void leave() {
		CURRENT.get().position = this.outer;
	}

	/**
	 * Hands something to a subscriber in the midst of the blocking code.
	 */
	static void emit(LaneEngine engine, Runnable emission) {
		CurrentCall position = in(engine);
		if (position == null || position.emitting) {
			emission.run();
			return;
		}
		position.emitting = true;
		try {
			emission.run();
		}
		finally {
			position.emitting = false;
		}
	}

	/**
	 * Returns the innermost call of this engine on the current thread.
	 */
	static @Nullable CurrentCall in(LaneEngine engine) {
		CurrentCall position = CURRENT.get().position;
		while (position != null && position.engine != engine) {
			position = position.outer;
		}
		return position;
	}

	/**
	 * Returns whether the current thread is inside an ordered call for the key.
	 */
	static boolean holds(LaneEngine engine, Object key) {
		for (CurrentCall at = CURRENT.get().position; at != null; at = at.outer) {
			if (at.engine == engine && !at.emitting && key.equals(at.key)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Stays with the thread, because setting and removing a thread-local for each call
	 * costs more.
	 */
	private static final class Holder {

		private @Nullable CurrentCall position;

	}

}
