package org.acme.library;

import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.Set;
import java.util.Spliterator;

/**
 * The last frame: reads of a number of frames the class and the position, and nothing
 * else.
 */
public final class WalkStep implements Step {

	/** What the JDK keeps for itself in a batch, and some to spare. */
	private static final int RESERVED = 4;

	private final StackWalker walker;

	private final int frames;

	/**
	 * Creates a step.
	 * @param frames number of frames to read
	 */
	public WalkStep(int frames) {
		this.frames = frames;
		this.walker = StackWalker.getInstance(Set.of(Option.RETAIN_CLASS_REFERENCE, Option.SHOW_HIDDEN_FRAMES),
				frames + RESERVED);
	}

	@Override
	public boolean run(Step[] stack, int next) {
		return this.walker.walk((walked) -> {
			Spliterator<StackFrame> remaining = walked.spliterator();
			Sum sum = new Sum();
			while (sum.read < this.frames && remaining.tryAdvance(sum::add)) {
				sum.read++;
			}
			return sum.read == this.frames && sum.value != 0;
		});
	}

	private static final class Sum {

		private int read;

		private long value;

		private void add(StackFrame frame) {
			this.value += frame.getByteCodeIndex() + frame.getDeclaringClass().hashCode();
		}

	}

}
