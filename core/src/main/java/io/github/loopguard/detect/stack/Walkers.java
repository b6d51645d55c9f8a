package io.github.loopguard.detect.stack;

import java.lang.StackWalker.Option;
import java.util.Set;

/**
 * Stack walkers for stacks of different depths. The JVM hands frames over in batches, and
 * fetching a frame is what a walk costs: a walker that expects the right depth fetches
 * all at once and none too many. A call is expected to be as deep as the last one through
 * the same hooks; that is only a guess, shared by all loops without any order.
 */
final class Walkers {

	static final StackWalker ANY_DEPTH = walker(0);

	private static final int STEP = 4;

	/** Deepest stack that is fetched at once. */
	private static final int DEEPEST = 240;

	/** Elements that the JDK keeps for itself in a batch. */
	private static final int RESERVED = 2;

	private static final StackWalker[] BY_DEPTH = byDepth();

	private final byte[] depths = new byte[256];

	StackWalker get(long hooks) {
		return BY_DEPTH[this.depths[slot(hooks)]];
	}

	void note(long hooks, int depth) {
		byte step = (byte) Math.min((depth + RESERVED + STEP - 1) / STEP, BY_DEPTH.length - 1);
		int slot = slot(hooks);
		if (this.depths[slot] != step) {
			this.depths[slot] = step;
		}
	}

	private int slot(long hooks) {
		return Long.hashCode(hooks) & (this.depths.length - 1);
	}

	private static StackWalker[] byDepth() {
		StackWalker[] walkers = new StackWalker[DEEPEST / STEP];
		for (int i = 0; i < walkers.length; i++) {
			walkers[i] = walker(i * STEP);
		}
		return walkers;
	}

	private static StackWalker walker(int depth) {
		Set<Option> options = Set.of(Option.RETAIN_CLASS_REFERENCE, Option.SHOW_HIDDEN_FRAMES);
		return (depth > 0) ? StackWalker.getInstance(options, depth) : StackWalker.getInstance(options);
	}

}
