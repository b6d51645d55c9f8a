package io.github.loopguard.detect;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Spares the stack walk under a flood: beyond a thousand occurrences a second of one leaf
 * hook on one loop, only some are walked and the others count for the path that was
 * walked last. Confined to its thread.
 */
final class Sampler {

	static final int WALKED_PER_SECOND = 1_000;

	private static final int EVERY = 16;

	private static final long WINDOW = TimeUnit.SECONDS.toNanos(1);

	private int[] seen = {};

	private @Nullable CallPath[] last = {};

	private long windowStart;

	/**
	 * Returns the path an occurrence counts for without a walk, or {@code null} if its
	 * stack is to be walked.
	 */
	@Nullable CallPath spare(int hook, long now) {
		if (hook >= this.seen.length) {
			this.seen = Arrays.copyOf(this.seen, hook + 16);
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
		return (path != null && !path.prevented() && !path.isRetired()) ? path : null;
	}

	void walked(int hook, CallPath path) {
		this.last[hook] = path;
	}

}
