package io.github.loopguard.policy;

import java.util.List;

/**
 * The stack of an occurrence.
 *
 * @param frames frames from the blocking call outwards
 * @param walked how many of them lead to the site or to the first control inversion; the
 * others are only shown
 * @param callers the application's methods between the site and the first control
 * inversion, as far as an allowance may name them
 * @since 0.1
 */
public record CallStack(List<StackTraceElement> frames, int walked, List<StackTraceElement> callers) {

	/**
	 * A stack that is not known.
	 */
	public static final CallStack NONE = new CallStack(List.of(), 0, List.of());

	/**
	 * Returns the frames that lead to the site or to the first control inversion.
	 * @return frames from the blocking call outwards
	 */
	public List<StackTraceElement> path() {
		return this.frames.subList(0, this.walked);
	}

}
