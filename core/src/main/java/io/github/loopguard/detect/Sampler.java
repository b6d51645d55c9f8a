package io.github.loopguard.detect;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Spares the stack walk under a flood: beyond a thousand occurrences a second of one
 * outermost hook and one leaf on one loop, only some are walked and the others count for
 * the path that was walked last. Chance decides which, so that no pattern of the flood
 * can favour a path. Confined to its thread.
 */
final class Sampler {

	static final int WALKED_PER_SECOND = 1_000;

	private static final long WINDOW = TimeUnit.SECONDS.toNanos(1);

	private final SplittableRandom random = new SplittableRandom(System.nanoTime());

	private @Nullable Calls[] calls = {};

	private @Nullable Object version;

	private long windowStart;

	/**
	 * Returns the path an occurrence counts for without a walk, or {@code null} if its
	 * stack is to be walked.
	 * @param version the policy version in force
	 */
	@Nullable CallPath spare(Object version, int outermost, int leaf, long now) {
		if (this.version != version) {
			this.version = version;
			Arrays.fill(this.calls, null);
		}
		if (now - this.windowStart > WINDOW) {
			this.windowStart = now;
		}
		return calls(outermost, leaf).spare(this.windowStart);
	}

	/**
	 * Notes which path an occurrence has whose stack was walked.
	 */
	void walked(int outermost, int leaf, CallPath path) {
		calls(outermost, leaf).walked(path, this.random);
	}

	private Calls calls(int outermost, int leaf) {
		if (outermost >= this.calls.length) {
			this.calls = Arrays.copyOf(this.calls, outermost + 16);
		}
		Calls first = this.calls[outermost];
		for (Calls known = first; known != null; known = known.next) {
			if (known.leaf == leaf) {
				return known;
			}
		}
		Calls created = new Calls(leaf, first);
		this.calls[outermost] = created;
		return created;
	}

	/**
	 * The calls that enter the same hooks.
	 */
	private static final class Calls {

		/** Mean number of calls from one walk to the next. */
		private static final int DISTANCE = 16;

		/** The same where most walks find another path than the walk before. */
		private static final int DISTANCE_OF_MANY_PATHS = 4;

		private static final int WALKS = 64;

		private final int leaf;

		private final @Nullable Calls next;

		private @Nullable CallPath last;

		private long windowStart;

		private int seen;

		private int untilWalk;

		private int distance = DISTANCE;

		private int walks;

		private int changes;

		private Calls(int leaf, @Nullable Calls next) {
			this.leaf = leaf;
			this.next = next;
		}

		private @Nullable CallPath spare(long windowStart) {
			if (this.windowStart != windowStart) {
				this.windowStart = windowStart;
				this.seen = 0;
			}
			if (this.seen < WALKED_PER_SECOND) {
				this.seen++;
				return null;
			}
			CallPath path = this.last;
			return (path != null && --this.untilWalk > 0 && !path.counter().isOutdated()) ? path : null;
		}

		/**
		 * Notes a walk. How far the next one is does not depend on its path, which would
		 * favour some.
		 */
		private void walked(CallPath path, SplittableRandom random) {
			this.changes += (path != this.last) ? 1 : 0;
			this.last = path;
			if (++this.walks == WALKS) {
				this.distance = (this.changes > WALKS / 2) ? DISTANCE_OF_MANY_PATHS : DISTANCE;
				this.walks = 0;
				this.changes = 0;
			}
			this.untilWalk = random.nextInt(this.distance / 2, this.distance * 3 / 2 + 1);
		}

	}

}
