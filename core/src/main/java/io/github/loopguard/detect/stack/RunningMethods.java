package io.github.loopguard.detect.stack;

import java.lang.StackWalker.StackFrame;

import io.github.loopguard.catalog.Hook;

/**
 * Finds out whether the current thread still runs a method with a hook: where stack or
 * heap are exhausted, nothing may have noticed that it returned.
 */
public final class RunningMethods {

	private RunningMethods() {
	}

	/**
	 * Returns whether a hooked method is on the stack; one of its class where another
	 * method ends the call.
	 * @param hook hook of the method
	 * @return whether the call may still go on
	 */
	public static boolean contain(Hook hook) {
		return Walkers.ANY_DEPTH.walk((frames) -> frames.anyMatch((frame) -> runs(frame, hook)));
	}

	private static boolean runs(StackFrame frame, Hook hook) {
		return (hook.endMethodName() == null) ? StackReader.isMethod(frame, hook)
				: ClassHierarchy.anyMatch(frame.getDeclaringClass(), hook.className()::equals);
	}

}
