package com.example.optional;

/**
 * Fetches something.
 */
public interface Fetching {

	/**
	 * Does what blocks.
	 * @param blocking what blocks
	 */
	void fetch(Runnable blocking);

}
