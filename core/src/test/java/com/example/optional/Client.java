package com.example.optional;

/**
 * A client of a library that does what blocks.
 */
class Client extends Supertype {

	@Override
	public void fetch(Runnable blocking) {
		blocking.run();
	}

}
