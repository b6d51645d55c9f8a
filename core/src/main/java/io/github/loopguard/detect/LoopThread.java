package io.github.loopguard.detect;

import java.util.BitSet;

import org.jspecify.annotations.Nullable;

/**
 * What the recorder keeps for one event loop. Confined to its thread.
 */
final class LoopThread {

	private static final ThreadLocal<LoopThread> CURRENT = new ThreadLocal<>();

	final OpenHooks hooks = new OpenHooks();

	final Occurrence occurrence = new Occurrence();

	final ClassLoadingBurst classLoading = new ClassLoadingBurst();

	final Sampler sampler = new Sampler();

	/** When the outermost hook of the call was entered, in nanoseconds. */
	private long entered;

	/** When the outermost hook was entered that encloses the call, in nanoseconds. */
	private long enclosed;

	/** Whether Loopguard's own code runs, so that its calls do not count. */
	boolean busy;

	/** Takes the hooks that fire instead of the recorder, or {@code null}. */
	@Nullable BitSet probed;

	private LoopThread() {
	}

	/**
	 * Notes when a call begins that is about to be entered, unless one is open.
	 */
	void entering(long now) {
		if (this.hooks.isEmpty()) {
			this.enclosed = now;
		}
		if (this.hooks.isIdle()) {
			this.entered = now;
		}
	}

	/**
	 * Returns when the call began that is open, or was left last.
	 */
	long since() {
		return this.hooks.isEnclosed() ? this.enclosed : this.entered;
	}

	/**
	 * Leaves time out that Loopguard itself took.
	 */
	void exclude(long nanos) {
		this.entered += nanos;
		this.enclosed += nanos;
	}

	/**
	 * Returns the state of the current thread, or {@code null} if it is no event loop.
	 */
	static @Nullable LoopThread current() {
		LoopThread known = CURRENT.get();
		if (known != null) {
			return known;
		}
		if (!EventLoops.isCurrent()) {
			return null;
		}
		LoopThread created = new LoopThread();
		CURRENT.set(created);
		return created;
	}

}
