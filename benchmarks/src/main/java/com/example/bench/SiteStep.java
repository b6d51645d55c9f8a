package com.example.bench;

import org.acme.library.Step;

/**
 * The application's frame.
 */
public final class SiteStep implements Step {

	@Override
	public boolean run(Step[] stack, int next) {
		return stack[next].run(stack, next + 1);
	}

}
