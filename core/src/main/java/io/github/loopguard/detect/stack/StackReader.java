package io.github.loopguard.detect.stack;

import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.stack.ClassProfile.Kind;
import io.github.loopguard.detect.stack.ControlInversion.Role;
import io.github.loopguard.policy.Finding.CallStack;

/**
 * Reads stacks, from the leaf hook outwards to the site or the first control inversion.
 * The only place that walks a stack.
 */
final class StackReader {

	/**
	 * Frames that are read at most. Only what is called far from the site costs that
	 * much: the walk ends there.
	 */
	static final int MOST_FRAMES = 512;

	/** All that Loopguard 0.1 read. */
	private static final int FORMER_FRAMES = 64;

	private static final int CONTEXT_FRAMES = 16;

	private final ClassProfiles profiles;

	private final boolean pastSite;

	private final Walkers walkers = new Walkers();

	/**
	 * Creates a reader.
	 * @param profiles profiles of the classes
	 * @param pastSite whether callers of the site within the application matter too
	 */
	StackReader(ClassProfiles profiles, boolean pastSite) {
		this.profiles = profiles;
		this.pastSite = pastSite;
	}

	/**
	 * Returns a hash of the current stack, still to be walked.
	 * @param seed tells the hooks
	 * @param encloser method that encloses the call, if any does
	 * @param enclosers number of its frames, which are inside the call
	 */
	StackHash hash(long seed, @Nullable Hook encloser, int enclosers) {
		return new StackHash(this.profiles, this.walkers.get(seed), seed, this.pastSite, encloser, enclosers);
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
	ReadStack read(Hook encloser, int enclosers) {
		return Walkers.ANY_DEPTH.walk((frames) -> {
			Iterator<StackFrame> iterator = frames.iterator();
			List<Seen> walked = new ArrayList<>();
			List<StackTraceElement> callers = new ArrayList<>();
			List<StackTraceElement> all = new ArrayList<>();
			boolean past = false;
			int beyond = -1;
			int enclosed = enclosers;
			boolean ran = false;
			List<Seen> former = new ArrayList<>();
			boolean formerly = true;
			int read = 0;
			while ((beyond < CONTEXT_FRAMES || past || formerly) && iterator.hasNext()) {
				StackFrame frame = iterator.next();
				ClassProfile profile = this.profiles.get(frame.getDeclaringClass());
				if (profile.kind() == Kind.DETECTOR) {
					continue;
				}
				read++;
				StackTraceElement element = frame.toStackTraceElement();
				Role role = role(frame, profile);
				boolean inverts = role.inverts(ran);
				ran |= role == Role.TASK;
				if (formerly) {
					former.add(new Seen(frame.getDeclaringClass(), profile.kind(), element, false));
					formerly = former.size() < FORMER_FRAMES && !wasLast(frame, profile);
				}
				if (past) {
					if (profile.kind() == Kind.APPLICATION && !callsItself(element, callers)) {
						callers.add(element);
					}
					past = read < MOST_FRAMES && !inverts;
				}
				if (beyond < CONTEXT_FRAMES) {
					all.add(element);
				}
				if (beyond >= 0) {
					beyond++;
					continue;
				}
				boolean runsTask = TaskRunners.runs(frame, walked.isEmpty() ? null : walked.get(walked.size() - 1));
				walked.add(new Seen(frame.getDeclaringClass(), profile.kind(), element, runsTask));
				if (enclosed > 0) {
					enclosed -= isMethod(frame, encloser) ? 1 : 0;
					beyond = (walked.size() == MOST_FRAMES) ? 0 : beyond;
				}
				else if (walked.size() == MOST_FRAMES || profile.kind() == Kind.APPLICATION || inverts) {
					beyond = 0;
					past = this.pastSite && read < MOST_FRAMES && !inverts;
				}
			}
			return new ReadStack(List.copyOf(walked), List.copyOf(former),
					new CallStack(List.copyOf(all), walked.size(), List.copyOf(callers),
							walked.stream().filter(Seen::runsTask).map(Seen::element).toList()));
		});
	}

	/**
	 * Reads a stack that was taken from outside.
	 */
	ReadStack read(List<StackTraceElement> stack, @Nullable ClassLoader loader) {
		return new OutsideReader(this.profiles, loader).read(stack);
	}

	/**
	 * Returns whether a class is being initialised anywhere on this thread's stack.
	 */
	boolean isInitialising() {
		return Walkers.ANY_DEPTH.walk((frames) -> frames.anyMatch((frame) -> "<clinit>".equals(frame.getMethodName())));
	}

	/**
	 * Returns whether code of others stands between a hook and what blocks inside it, and
	 * not only to find a class for it.
	 */
	boolean isHosted(Hook host) {
		return Walkers.ANY_DEPTH.walk((frames) -> {
			boolean hosted = false;
			Iterator<StackFrame> inside = frames.iterator();
			for (int i = 0; i < MOST_FRAMES && inside.hasNext(); i++) {
				StackFrame frame = inside.next();
				if (isMethod(frame, host)) {
					break;
				}
				Class<?> type = frame.getDeclaringClass();
				Kind kind = this.profiles.get(type).kind();
				if (ClassLoader.class.isAssignableFrom(type)) {
					hosted = false;
				}
				else if (kind != Kind.JDK && kind != Kind.DETECTOR) {
					hosted = true;
				}
			}
			return hosted;
		});
	}

	static boolean isMethod(StackFrame frame, Hook hook) {
		return frame.getDeclaringClass().getName().equals(hook.className())
				&& frame.getMethodName().equals(hook.methodName());
	}

	/**
	 * Returns whether the caller that was added last is the same method.
	 */
	private static boolean callsItself(StackTraceElement element, List<StackTraceElement> callers) {
		StackTraceElement callee = callers.isEmpty() ? null : callers.get(callers.size() - 1);
		return callee != null && callee.getMethodName().equals(element.getMethodName())
				&& callee.getClassName().equals(element.getClassName());
	}

	/**
	 * Returns whether Loopguard 0.1 read no further.
	 */
	private static boolean wasLast(StackFrame frame, ClassProfile profile) {
		return profile.kind() == Kind.APPLICATION || (!profile.inversions().isEmpty()
				&& ControlInversion.inverted(frame.getDeclaringClass(), frame.getMethodName()));
	}

	/**
	 * Returns what a frame does to those who stand outside of it. Asks for its method's
	 * name, which is dear, only in classes where that matters.
	 */
	static Role role(StackFrame frame, ClassProfile profile) {
		return profile.inversions().isEmpty() ? Role.NONE : profile.inversions().role(frame.getMethodName());
	}

	/**
	 * A frame that was walked.
	 *
	 * @param type declaring class
	 * @param kind whose class it is
	 * @param element its names
	 * @param runsTask whether it only runs a task that it was handed
	 */
	record Seen(Class<?> type, Kind kind, StackTraceElement element, boolean runsTask) {

		private static final String INVOCATION = "java.lang.invoke.";

		/**
		 * Returns whether the JDK was called here.
		 */
		boolean isJdk() {
			return this.kind == Kind.JDK;
		}

		/**
		 * Returns whether the JDK was called here, and does not only pass on a call that
		 * was made by reflection or by a method handle.
		 */
		boolean isCall() {
			return isJdk() && !passesOn(this.element.getClassName());
		}

		private static boolean passesOn(String className) {
			return className.startsWith(INVOCATION) ? isHandle(className.substring(INVOCATION.length()))
					: ClassProfiles.isAccessor(className) || className.equals("java.lang.reflect.Method")
							|| className.equals("java.lang.reflect.Constructor");
		}

		private static boolean isHandle(String simpleName) {
			return simpleName.startsWith("LambdaForm$") || simpleName.endsWith("$Holder")
					|| simpleName.equals("MethodHandle") || simpleName.startsWith("MethodHandleImpl");
		}

	}

	/**
	 * A stack that was read.
	 *
	 * @param walked frames up to the site or the first control inversion
	 * @param former frames that Loopguard 0.1 walked
	 * @param callStack the same and what stands beyond, by name
	 */
	record ReadStack(List<Seen> walked, List<Seen> former, CallStack callStack) {
	}

}
