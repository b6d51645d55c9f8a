package io.github.loopguard.detect;

import java.util.Arrays;
import java.util.BitSet;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ledger.RecordedViolation;

/**
 * What is going on on one event loop. Confined to its thread.
 */
final class LoopThread {

	private static final ThreadLocal<LoopThread> CURRENT = new ThreadLocal<>();

	private static final int MOST_OPEN = 1_024;

	private int[] open = new int[16];

	private int depth;

	/** Whether Loopguard's own code runs, so that its calls do not count. */
	boolean busy;

	/** When the outermost hook was entered, in nanoseconds. */
	long entered;

	/** Path of the occurrence that goes on, if one does. */
	@Nullable CallPath path;

	/** Where that occurrence is recorded, if it is. */
	@Nullable RecordedViolation recorded;

	/** Whether an allowance let something pass in the call that goes on. */
	boolean allowed;

	/** Whether the occurrence only continues another one. */
	boolean continued;

	/** The last call that returned something which goes on blocking. */
	@Nullable CallPath opener;

	/** Whose call loaded a class last. */
	@Nullable CallPath loader;

	/** The first class which that call loaded. */
	String firstLoaded = "";

	/** When it loaded the last one, in nanoseconds. */
	long loaded;

	/** Hooks that the self-test saw, while it runs. */
	@Nullable BitSet canaries;

	final Sampler sampler = new Sampler();

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

	int depth() {
		return this.depth;
	}

	int outermost() {
		return this.open[0];
	}

	/**
	 * Returns the outermost open hook that is one of these, or the outermost one.
	 */
	int outermost(BitSet preferred) {
		for (int i = 0; i < this.depth; i++) {
			if (preferred.get(this.open[i])) {
				return this.open[i];
			}
		}
		return this.open[0];
	}

	void push(int hook) {
		if (this.depth == this.open.length && this.depth < MOST_OPEN) {
			this.open = Arrays.copyOf(this.open, this.depth * 2);
		}
		if (this.depth < this.open.length) {
			this.open[this.depth++] = hook;
		}
	}

	/**
	 * Closes a hook and whatever was opened inside it and never closed.
	 * @return whether it was the outermost one
	 */
	boolean pop(int hook) {
		for (int i = this.depth - 1; i >= 0; i--) {
			if (this.open[i] == hook) {
				this.depth = i;
				return i == 0;
			}
		}
		return false;
	}

	/**
	 * Forgets all that is open.
	 */
	void reset() {
		RecordedViolation recorded = this.recorded;
		if (recorded != null) {
			recorded.givenUp();
			this.recorded = null;
		}
		this.depth = 0;
		this.path = null;
		this.allowed = false;
		this.continued = false;
	}

}
