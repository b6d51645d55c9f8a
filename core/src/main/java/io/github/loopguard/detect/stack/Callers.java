package io.github.loopguard.detect.stack;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.stack.ClassProfile.Kind;
import io.github.loopguard.detect.stack.StackReader.Seen;

/**
 * Finds the code that made a call.
 */
final class Callers {

	private Callers() {
	}

	/**
	 * Returns the index of the first frame outside what was called.
	 * @param frames from the leaf outwards
	 * @param outermost the outermost hook
	 * @param leaf the leaf hook that fired
	 */
	static int first(List<Seen> frames, Hook outermost, Hook leaf) {
		int first = (leaf.kind() == Hook.Kind.ANNOTATED) ? 1 : 0;
		while (first < frames.size() && isCalled(frames.get(first), outermost, leaf)) {
			first++;
		}
		return first;
	}

	/**
	 * Returns the index of the frame of the JDK that was called, leaving out those that
	 * only pass a call on.
	 * @param first index of the first frame outside what was called
	 */
	static int called(List<Seen> frames, int first) {
		int called = first - 1;
		while (called > 0 && frames.get(called).isJdk() && !frames.get(called).isCall()) {
			called--;
		}
		return called;
	}

	/**
	 * Returns the first frame outside what was called, or {@code null} if that only ran
	 * what others handed over, and did not make the call.
	 */
	static @Nullable Seen direct(List<Seen> frames, int first) {
		return (first < frames.size() && !isRunner(frames.get(first))) ? frames.get(first) : null;
	}

	/**
	 * Returns the code that made a call without the application: where a library was
	 * called, the other library that called it. The last frame only delivered a signal or
	 * ran a task.
	 */
	static @Nullable Seen ofLibrary(Hook outermost, List<Seen> frames, int first) {
		if (LibraryCalls.isOfLibrary(outermost)) {
			for (int i = LibraryCalls.outside(outermost, frames); i < frames.size() - 1; i++) {
				if (isOfOthers(frames.get(i))) {
					return frames.get(i);
				}
			}
		}
		return direct(frames, first);
	}

	/**
	 * Returns a clause that says which class is being initialised, or {@code null} if
	 * none is.
	 * @param frames from the leaf outwards
	 */
	static @Nullable String initialiser(List<StackTraceElement> frames) {
		for (StackTraceElement frame : frames) {
			if ("<clinit>".equals(frame.getMethodName()) && !ClassProfiles.isJdkModule(frame.getModuleName())) {
				String className = frame.getClassName().replace('$', '.');
				return "or initialise " + className + " at start-up, because it happens while initialising "
						+ className;
			}
		}
		return null;
	}

	private static boolean isOfOthers(Seen frame) {
		return (frame.kind() == Kind.FRAMEWORK || frame.kind() == Kind.LIBRARY) && !isRunner(frame);
	}

	/**
	 * Returns whether a frame belongs to what was called rather than to its caller.
	 */
	private static boolean isCalled(Seen frame, Hook outermost, Hook leaf) {
		return switch (frame.kind()) {
			case JDK, GENERATED, DETECTOR -> true;
			case APPLICATION -> false;
			case FRAMEWORK, LIBRARY -> {
				String className = frame.element().getClassName();
				yield className.equals(leaf.className()) || ClassLoader.class.isAssignableFrom(frame.type())
						|| (outermost == leaf && className.equals(outermost.className()));
			}
		};
	}

	private static boolean isRunner(Seen frame) {
		return frame.runsTask() || (frame.kind() == Kind.FRAMEWORK
				&& ControlInversion.runs(frame.type(), frame.element().getMethodName()));
	}

	/**
	 * Returns whether the first frame outside what was called made the call of the
	 * outermost hook itself, at most by way of a constructor or of an overload in a
	 * supertype. An error thrown beneath any other code of the JDK might leave that
	 * broken: a constructor of a socket that connects does not close it, for example.
	 */
	static boolean isCalledDirectly(List<Seen> frames, int first, Hook outermost) {
		for (int i = first - 1; i >= 0; i--) {
			StackTraceElement element = frames.get(i).element();
			if (element.getClassName().equals(outermost.className())) {
				return outermost.kind() == Hook.Kind.LEAF || !"<init>".equals(element.getMethodName());
			}
			if (!"<init>".equals(element.getMethodName()) && !isOverload(frames, i, outermost)) {
				return false;
			}
		}
		return first == 0;
	}

	private static boolean isOverload(List<Seen> frames, int index, Hook outermost) {
		return index > 0 && frames.get(index).element().getMethodName().equals(outermost.methodName())
				&& frames.get(index).type().isAssignableFrom(frames.get(index - 1).type());
	}

}
