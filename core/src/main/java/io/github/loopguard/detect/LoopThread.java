package io.github.loopguard.detect;

import java.util.BitSet;

import org.jspecify.annotations.Nullable;

/**
 * What the recorder keeps for one event loop. Confined to its thread.
 */
final class LoopThread {

	private static final ThreadLocal<@Nullable LoopThread> CURRENT = new ThreadLocal<>();

	final OpenHooks hooks = new OpenHooks();

	final Occurrence occurrence = new Occurrence();

	final ClassLoadingBurst classLoading = new ClassLoadingBurst();

	final Sampler sampler = new Sampler();

	/** When the outermost hook was entered, in nanoseconds. */
	long entered;

	/** Whether Loopguard's own code runs, so that its calls do not count. */
	boolean busy;

	/** Takes the hooks that fire instead of the recorder, or {@code null}. */
	@Nullable BitSet probed;

	private LoopThread() {
	}

	/**
	 * Returns the state of the current thread, or {@code null} if it is no event loop.
	 */
	static @Nullable LoopThread currentIfLoop() {
		return EventLoops.isCurrent() ? current() : null;
	}

	/**
	 * Returns the state of the current thread, which is known to be an event loop.
	 */
	static LoopThread current() {
		LoopThread known = CURRENT.get();
		if (known != null) {
			return known;
		}
		LoopThread created = new LoopThread();
		CURRENT.set(created);
		return created;
	}

}
