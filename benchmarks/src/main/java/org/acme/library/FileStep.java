package org.acme.library;

import java.io.File;

/**
 * The last frame: a call that takes next to no time, so that what is measured is the
 * detector. Catches what a detector throws at once, which is the cheapest place.
 */
public final class FileStep implements Step {

	private static final File NOWHERE = new File("");

	@Override
	public boolean run(Step[] stack, int next) {
		try {
			return NOWHERE.exists();
		}
		catch (Error ex) {
			return true;
		}
	}

}
