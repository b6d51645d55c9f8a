package io.github.loopguard.detect;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The hooks that were entered on one event loop and not left yet, the outermost first.
 * Those that enclose code of others come first and are part of a call only if its rule is
 * theirs. Bounded: hooks that are entered beyond the limit are only counted.
 */
final class OpenHooks {

	private static final int LIMIT = 1_024;

	private static final int[] NONE = {};

	private int[] hooks = new int[16];

	private int depth;

	/** How often hooks beyond the limit were entered and not left yet, by hook. */
	private int[] beyond = NONE;

	/** How many of the first ones enclose code of others. */
	private int enclosing;

	/**
	 * How many of the first ones enclose code of others once the call is over that some
	 * other call happens to run, or -1 if none does.
	 */
	private int enclosingHost = -1;

	boolean isEmpty() {
		return this.depth == 0;
	}

	int depth() {
		return this.depth;
	}

	/**
	 * Returns whether no call is open, except for those that enclose code of others.
	 */
	boolean isIdle() {
		return this.depth == this.enclosing;
	}

	/**
	 * Returns the outermost hook of the call.
	 */
	int outermost() {
		return this.hooks[this.enclosing];
	}

	/**
	 * Returns the outermost hook of the call that is one of these, or the outermost one.
	 */
	int outermost(BitSet preferred) {
		for (int i = this.enclosing; i < this.depth; i++) {
			if (preferred.get(this.hooks[i])) {
				return this.hooks[i];
			}
		}
		return outermost();
	}

	/**
	 * Lets the call that begins to block be one of its own inside the outermost one,
	 * which only happens to run it, until it is over.
	 * @param host outermost hook, as it was returned
	 */
	void host(int host) {
		if (!isHosted()) {
			this.enclosingHost = this.enclosing;
		}
		int index = this.enclosing;
		while (this.hooks[index] != host) {
			index++;
		}
		this.enclosing = index + 1;
	}

	/**
	 * Returns whether another call happens to run the one that blocks.
	 */
	boolean isHosted() {
		return this.enclosingHost >= 0;
	}

	/**
	 * Returns whether any of these hooks was entered and not left yet.
	 */
	boolean containAny(BitSet wanted) {
		for (int i = 0; i < this.depth; i++) {
			if (wanted.get(this.hooks[i])) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Returns the hook that named the call in former versions, which had neither hooks
	 * that enclose others nor these later ones; the leaf if there is none.
	 */
	int former(HookRoles roles, int leaf) {
		int former = -1;
		for (int i = isHosted() ? this.enclosingHost : this.enclosing; i < this.depth; i++) {
			int hook = this.hooks[i];
			if (!roles.later().get(hook)) {
				if (roles.naming().get(hook)) {
					return hook;
				}
				former = (former < 0) ? hook : former;
			}
		}
		return (former < 0) ? leaf : former;
	}

	/**
	 * Returns the outermost of the hooks that enclose the call.
	 */
	int encloser() {
		return this.hooks[0];
	}

	/**
	 * Returns whether the call that blocks is part of one that encloses it, because it
	 * has the rule of that.
	 * @param concerned hooks that have the rule
	 * @param leaf the hook that fired
	 */
	boolean isEnclosed(BitSet concerned, int leaf) {
		if (this.enclosing == 0 || isHosted()) {
			return false;
		}
		boolean found = concerned.get(leaf);
		for (int i = this.enclosing; i < this.depth && !found; i++) {
			found = concerned.get(this.hooks[i]);
		}
		return found;
	}

	/**
	 * Returns how often a hook was entered and not left yet.
	 */
	int count(int hook) {
		int count = 0;
		for (int i = 0; i < this.depth; i++) {
			count += (this.hooks[i] == hook) ? 1 : 0;
		}
		return count;
	}

	void enter(int hook, boolean enclosing) {
		if (this.depth == this.hooks.length && this.depth < LIMIT) {
			this.hooks = Arrays.copyOf(this.hooks, this.depth * 2);
		}
		if (this.depth < this.hooks.length) {
			if (enclosing && isIdle()) {
				this.enclosing++;
			}
			this.hooks[this.depth++] = hook;
			return;
		}
		if (hook >= this.beyond.length) {
			this.beyond = Arrays.copyOf(this.beyond, hook + 1);
		}
		this.beyond[hook]++;
	}

	/**
	 * Leaves a hook and whatever was entered inside it and never left.
	 * @return whether no call is open any more, except for those that enclose others
	 */
	boolean leave(int hook) {
		if (hook < this.beyond.length && this.beyond[hook] > 0) {
			this.beyond[hook]--;
			return false;
		}
		for (int i = this.depth - 1; i >= 0; i--) {
			if (this.hooks[i] == hook) {
				this.depth = i;
				this.beyond = NONE;
				this.enclosing = Math.min(this.enclosing, i);
				return isIdle();
			}
		}
		return false;
	}

	/**
	 * Notes that the call is over.
	 */
	void ended() {
		if (isHosted()) {
			this.enclosing = Math.min(this.enclosingHost, this.depth);
			this.enclosingHost = -1;
		}
	}

	/**
	 * Returns the outermost hook of the call, or of what encloses it if no call is open.
	 */
	int first() {
		return isIdle() ? encloser() : outermost();
	}

	/**
	 * Forgets the call, or what encloses it if no call is open.
	 */
	void forget() {
		this.depth = isIdle() ? 0 : this.enclosing;
		this.beyond = NONE;
		this.enclosing = this.depth;
	}

	void clear() {
		this.depth = 0;
		this.beyond = NONE;
		this.enclosing = 0;
		this.enclosingHost = -1;
	}

}
