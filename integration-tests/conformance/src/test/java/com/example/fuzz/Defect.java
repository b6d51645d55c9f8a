package com.example.fuzz;

import java.util.Arrays;
import java.util.List;

/**
 * Defects that are known and not mended yet. Programs do not show them, unless their
 * names are in {@code -Dloopguard.fuzz.defects}.
 */
public enum Defect {

	/** A call by reflection is named {@code Method.invoke}. */
	REFLECTION,

	/** A call by a method handle is named after a hidden class. */
	METHOD_HANDLE,

	/** What blocks while a class is initialised is part of loading it. */
	INITIALISER,

	/** One loop over {@code toIterable()} is several calls. */
	TO_ITERABLE,

	/** Each time that a waiting thread wakes up in vain counts. */
	WAKE_UP,

	/** An error for want of stack blinds the event loop. */
	OVERFLOW,

	/** Without a site, what consumes the result of a lazy call is a call of its own. */
	LAZY_OF_OTHERS,

	/** A lazy call that is allowed counts several times. */
	LAZY_ALLOWED,

	/**
	 * A call is allowed by a method outside of code that only runs a task, if the task is
	 * the application's; if it is a library's, it is not.
	 */
	ALLOWED_TASK,

	/** Beneath many frames of libraries the site is lost. */
	DEEP;

	private static final List<String> SHOWN = Arrays
		.asList(System.getProperty("loopguard.fuzz.defects", "").split(","));

	/**
	 * Returns whether programs show it.
	 */
	boolean isShown() {
		return SHOWN.contains(name());
	}

}
