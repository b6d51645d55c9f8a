package com.example.optional;

/**
 * An API, and who calls it.
 */
public final class Calls {

	private Calls() {
	}

	/**
	 * Calls the API.
	 * @param blocking what the call does
	 */
	public static void caller(Runnable blocking) {
		call(blocking);
	}

	private static void call(Runnable blocking) {
		blocking.run();
	}

}
