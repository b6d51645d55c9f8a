package org.acme.library;

/**
 * A frame of a library. Defined by many class loaders, so that a stack of such frames has
 * many classes, as real ones have.
 */
public final class LibraryStep implements Step {

	@Override
	public boolean run(Step[] stack, int next) {
		return stack[next].run(stack, next + 1);
	}

}
