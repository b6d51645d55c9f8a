package io.github.loopguard.detect;

import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import io.github.loopguard.detect.ClassProfile.Kind;

/**
 * Reads stacks, from the leaf hook outwards to the site or the first control inversion.
 * The only place that walks a stack.
 */
final class StackReader {

	static final int MOST_FRAMES = 64;

	private static final int CONTEXT_FRAMES = 16;

	private final ClassProfiles profiles;

	private final Walkers walkers = new Walkers();

	StackReader(ClassProfiles profiles) {
		this.profiles = profiles;
	}

	/**
	 * Returns a hash of the current stack, still to be walked.
	 * @param seed tells the hooks
	 */
	StackHash hash(long seed) {
		return new StackHash(this.profiles, this.walkers.get(seed), seed);
	}

	/**
	 * Returns what the stack is known by.
	 * @param stack the stack, walked
	 */
	long key(StackHash stack) {
		this.walkers.note(stack.seed(), stack.seen());
		return stack.value();
	}

	/**
	 * Reads the same frames with their names, and some more for people to look at.
	 */
	Stack read() {
		return Walkers.ANY_DEPTH.walk((frames) -> {
			Iterator<StackFrame> iterator = frames.iterator();
			List<Seen> walked = new ArrayList<>();
			List<StackTraceElement> all = new ArrayList<>();
			int beyond = -1;
			while (all.size() < MOST_FRAMES + CONTEXT_FRAMES && beyond < CONTEXT_FRAMES && iterator.hasNext()) {
				StackFrame frame = iterator.next();
				ClassProfile profile = this.profiles.get(frame.getDeclaringClass());
				if (profile.kind() == Kind.DETECTOR) {
					continue;
				}
				StackTraceElement element = frame.toStackTraceElement();
				all.add(element);
				if (beyond >= 0) {
					beyond++;
					continue;
				}
				walked.add(new Seen(frame.getDeclaringClass(), profile.kind(), element));
				if (walked.size() == MOST_FRAMES || isLast(frame, profile)) {
					beyond = 0;
				}
			}
			return new Stack(List.copyOf(walked), List.copyOf(all));
		});
	}

	/**
	 * Tells whether a class is being initialised anywhere on this thread's stack.
	 */
	boolean isInitialising() {
		return Walkers.ANY_DEPTH.walk((frames) -> frames.anyMatch((frame) -> "<clinit>".equals(frame.getMethodName())));
	}

	static boolean isLast(StackFrame frame, ClassProfile profile) {
		return profile.kind() == Kind.APPLICATION
				|| (!profile.inversions().isEmpty() && profile.inversions().contain(frame.getMethodName()));
	}

	/**
	 * A frame that was walked.
	 *
	 * @param type declaring class
	 * @param kind whose class it is
	 * @param element its names
	 */
	record Seen(Class<?> type, Kind kind, StackTraceElement element) {
	}

	/**
	 * A stack that was read.
	 *
	 * @param walked frames up to the site or the first control inversion
	 * @param all the same and some more
	 */
	record Stack(List<Seen> walked, List<StackTraceElement> all) {
	}

}
