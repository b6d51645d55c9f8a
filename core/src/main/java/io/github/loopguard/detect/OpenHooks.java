package io.github.loopguard.detect;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The hooks that were entered on one event loop and not left yet, the outermost first.
 * Bounded: hooks that are entered beyond the limit are not noted.
 */
final class OpenHooks {

	private static final int LIMIT = 1_024;

	private int[] hooks = new int[16];

	private int depth;

	boolean isEmpty() {
		return this.depth == 0;
	}

	int outermost() {
		return this.hooks[0];
	}

	/**
	 * Returns the outermost hook that is one of these, or the outermost one.
	 */
	int outermost(BitSet preferred) {
		for (int i = 0; i < this.depth; i++) {
			if (preferred.get(this.hooks[i])) {
				return this.hooks[i];
			}
		}
		return this.hooks[0];
	}

	void enter(int hook) {
		if (this.depth == this.hooks.length && this.depth < LIMIT) {
			this.hooks = Arrays.copyOf(this.hooks, this.depth * 2);
		}
		if (this.depth < this.hooks.length) {
			this.hooks[this.depth++] = hook;
		}
	}

	/**
	 * Leaves a hook and whatever was entered inside it and never left.
	 * @return whether it was the outermost one
	 */
	boolean leave(int hook) {
		for (int i = this.depth - 1; i >= 0; i--) {
			if (this.hooks[i] == hook) {
				this.depth = i;
				return i == 0;
			}
		}
		return false;
	}

	void clear() {
		this.depth = 0;
	}

}
