package io.github.loopguard.bridge.engine;

import org.jspecify.annotations.Nullable;

/**
 * The call that the current thread runs: its lane and key, and whether the thread is in
 * the blocking code or emits the result.
 */
public final class CurrentCall {

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
		CurrentCall call = new CurrentCall(engine, key, holder.call);
		holder.call = call;
		return call;
	}

	void leave() {
		CURRENT.get().call = this.outer;
	}

	/**
	 * Signals a subscriber from within the blocking code.
	 */
	public static void emit(LaneEngine engine, Runnable emission) {
		CurrentCall call = in(engine);
		if (call == null || call.emitting) {
			emission.run();
			return;
		}
		call.emitting = true;
		try {
			emission.run();
		}
		finally {
			call.emitting = false;
		}
	}

	/**
	 * Returns the innermost call of this engine on the current thread.
	 */
	static @Nullable CurrentCall in(LaneEngine engine) {
		CurrentCall call = CURRENT.get().call;
		while (call != null && call.engine != engine) {
			call = call.outer;
		}
		return call;
	}

	/**
	 * Returns whether the current thread is inside an ordered call for the key.
	 */
	static boolean holds(LaneEngine engine, Object key) {
		for (CurrentCall call = CURRENT.get().call; call != null; call = call.outer) {
			if (call.engine == engine && !call.emitting && key.equals(call.key)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Stays with the thread, because setting and removing a thread local for each call is
	 * slower.
	 */
	private static final class Holder {

		private @Nullable CurrentCall call;

	}

}
