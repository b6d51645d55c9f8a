package com.acme.shop;

/**
 * Throws what others threw, without a wrapper.
 */
final class Sneaky {

	private Sneaky() {
	}

	@SuppressWarnings("unchecked")
	static <T extends Throwable> void rethrow(Throwable failure) throws T {
		throw (T) failure;
	}

}
