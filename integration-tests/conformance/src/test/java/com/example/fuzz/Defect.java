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
	OVERFLOW;

	private static final List<String> SHOWN = Arrays
		.asList(System.getProperty("loopguard.fuzz.defects", "").split(","));

	/**
	 * Returns whether programs show it.
	 */
	boolean isShown() {
		return SHOWN.contains(name());
	}

}
