package com.example.fuzz;

import java.util.Arrays;
import java.util.List;

/**
 * Defects that are known and not mended yet. Programs do not show them, unless their
 * names are in {@code -Dloopguard.fuzz.defects}.
 */
public enum Defect {

	/**
	 * After an error for want of stack, in one of some thirty runs on JDK 17, each second
	 * call within a task is missing on all event loops, until the JVM ends.
	 */
	OVERFLOW,

	/**
	 * An allowance is not looked for beyond 64 frames: the callers of a site are walked
	 * for each occurrence.
	 */
	FAR_ALLOWANCE,

	/**
	 * Where loading a class is allowed, what blocks while it is initialised is sometimes
	 * part of that, and sometimes one more allowed call.
	 */
	ALLOWED_INITIALISER;

	private static final List<String> SHOWN = Arrays
		.asList(System.getProperty("loopguard.fuzz.defects", "").split(","));

	/**
	 * Returns whether programs show it.
	 */
	boolean isShown() {
		return SHOWN.contains(name());
	}

}
