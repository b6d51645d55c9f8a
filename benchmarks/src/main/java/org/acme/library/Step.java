package org.acme.library;

/**
 * One frame on a stack: calls the next.
 */
public interface Step {

	/**
	 * Calls the next step.
	 * @param stack all steps
	 * @param next index of the next step
	 * @return what the last one returns
	 */
	boolean run(Step[] stack, int next);

}
