package io.github.loopguard.blackbox.recorder;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Frame;

/**
 * The frames of a stack that say what a loop does: the innermost ones, and those around
 * the place that is named, however deep the stack is.
 *
 * @param frames the frames, with a line in place of those that are left out between
 * @param omitted number of frames that are left out
 */
record StackText(List<String> frames, int omitted) {

	private static final int INNERMOST = 24;

	private static final int BEFORE_PLACE = 8;

	private static final int FROM_PLACE = 64;

	static StackText of(List<StackTraceElement> stack, @Nullable Frame place) {
		int at = Math.max(0, indexOf(stack, place));
		int from = Math.max(INNERMOST, at - BEFORE_PLACE);
		int to = Math.min(stack.size(), at + FROM_PLACE);
		List<String> frames = new ArrayList<>();
		stack.stream().limit(INNERMOST).map(StackText::text).forEach(frames::add);
		if (from >= to) {
			return new StackText(frames, stack.size() - frames.size());
		}
		if (from > INNERMOST) {
			frames.add("... " + (from - INNERMOST) + " more frames");
		}
		stack.subList(from, to).stream().map(StackText::text).forEach(frames::add);
		return new StackText(frames, from - INNERMOST + stack.size() - to);
	}

	private static int indexOf(List<StackTraceElement> stack, @Nullable Frame place) {
		for (int i = 0; i < stack.size(); i++) {
			if (Frame.of(stack.get(i)).equals(place)) {
				return i;
			}
		}
		return -1;
	}

	private static String text(StackTraceElement frame) {
		String file = frame.getFileName();
		String place = frame.isNativeMethod() ? "Native Method" : (file == null) ? "Unknown Source"
				: (frame.getLineNumber() < 0) ? file : file + ":" + frame.getLineNumber();
		return frame.getClassName() + "." + frame.getMethodName() + "(" + place + ")";
	}

}
