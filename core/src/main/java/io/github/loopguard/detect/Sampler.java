package io.github.loopguard.detect;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Spares the stack walk under a flood: beyond a thousand occurrences a second of one
 * outermost hook on one loop, only some are walked and the others count for the path that
 * was walked last, if they reached the same leaf: that keeps the totals of rules exact.
 * Confined to its thread.
 */
final class Sampler {

	static final int WALKED_PER_SECOND = 1_000;

	private static final int EVERY = 16;

	private static final long WINDOW = TimeUnit.SECONDS.toNanos(1);

	private int[] seen = {};

	private int[] leaves = {};

	private @Nullable CallPath[] last = {};

	private @Nullable Object version;

	private long windowStart;

	/**
	 * Forgets the paths that were decided under another version of the policy.
	 */
	void decidedUnder(Object version) {
		if (this.version != version) {
			this.version = version;
			Arrays.fill(this.last, null);
		}
	}

	/**
	 * Returns the path an occurrence counts for without a walk, or {@code null} if its
	 * stack is to be walked.
	 */
	@Nullable CallPath spare(int hook, int leaf, long now) {
		if (hook >= this.seen.length) {
			this.seen = Arrays.copyOf(this.seen, hook + 16);
			this.leaves = Arrays.copyOf(this.leaves, hook + 16);
			this.last = Arrays.copyOf(this.last, hook + 16);
		}
		if (now - this.windowStart > WINDOW) {
			this.windowStart = now;
			Arrays.fill(this.seen, 0);
		}
		int count = ++this.seen[hook];
		if (count <= WALKED_PER_SECOND || count % EVERY == 0) {
			return null;
		}
		CallPath path = this.last[hook];
		return (path != null && this.leaves[hook] == leaf && !path.isToFail() && !path.counter().isOutdated()) ? path
				: null;
	}

	void walked(int hook, int leaf, CallPath path) {
		if (hook >= this.last.length) {
			return;
		}
		this.leaves[hook] = leaf;
		this.last[hook] = path;
	}

}
