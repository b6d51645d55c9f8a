package io.github.loopguard.detect;

import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

import io.github.loopguard.detect.ClassProfile.Kind;

/**
 * Reads stacks, from the leaf hook outwards to the site or the first control inversion.
 * The only place that walks a stack.
 */
final class StackReader {

	static final int MOST_FRAMES = 64;

	private static final int CONTEXT_FRAMES = 16;

	private static final StackWalker WALKER = StackWalker
		.getInstance(Set.of(Option.RETAIN_CLASS_REFERENCE, Option.SHOW_HIDDEN_FRAMES));

	private final ClassProfiles profiles;

	StackReader(ClassProfiles profiles) {
		this.profiles = profiles;
	}

	/**
	 * Hashes the class and the position of every frame, and the names of the methods that
	 * a report names: two short methods of a class may call at the same position.
	 */
	long hash(long seed) {
		return WALKER.walk((frames) -> {
			Iterator<StackFrame> iterator = frames.iterator();
			long hash = seed;
			int walked = 0;
			StackFrame called = null;
			boolean outside = false;
			while (walked < MOST_FRAMES && iterator.hasNext()) {
				StackFrame frame = iterator.next();
				ClassProfile profile = this.profiles.get(frame.getDeclaringClass());
				if (profile.kind() == Kind.DETECTOR) {
					continue;
				}
				walked++;
				hash = mix(mix(hash, profile.serial()), frame.getByteCodeIndex());
				boolean last = isLast(frame, profile);
				if (last || (!outside && profile.kind() != Kind.JDK)) {
					hash = mix(hash, frame.getMethodName().hashCode());
				}
				if (!outside && profile.kind() != Kind.JDK) {
					outside = true;
					hash = mix(hash, (called != null) ? called.getMethodName().hashCode() : 0);
				}
				if (last) {
					break;
				}
				called = frame;
			}
			return hash;
		});
	}

	/**
	 * Reads the same frames with their names, and some more for people to look at.
	 */
	Stack read() {
		return WALKER.walk((frames) -> {
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

	private static boolean isLast(StackFrame frame, ClassProfile profile) {
		return profile.kind() == Kind.APPLICATION
				|| (profile.mayInvert() && ControlInversion.inverts(frame.getDeclaringClass(), frame.getMethodName()));
	}

	private static long mix(long hash, long value) {
		long mixed = (hash ^ value) * 0x9e3779b97f4a7c15L;
		return mixed ^ (mixed >>> 29);
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
