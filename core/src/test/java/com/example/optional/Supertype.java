package com.example.optional;

/**
 * Has a method that names a class which may be absent.
 */
public abstract class Supertype extends AnyClient {

	/**
	 * Enables an optional feature.
	 * @param feature the feature
	 */
	public void enable(Feature feature) {
	}

}
