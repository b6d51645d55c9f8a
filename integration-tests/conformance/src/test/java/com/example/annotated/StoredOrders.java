package com.example.annotated;

import io.micronaut.core.annotation.NonBlocking;

/**
 * Implements annotated methods.
 */
class StoredOrders implements Orders {

	@Override
	public String find(String id) {
		return "order " + id;
	}

	@Override
	public String cached(String id) {
		return "cached " + id;
	}

	/**
	 * Says of itself that it does not block.
	 */
	static class InMemory extends StoredOrders {

		@Override
		@NonBlocking
		public String find(String id) {
			return "here " + id;
		}

	}

	/**
	 * Implements what its superclass's interface says.
	 */
	static class Remote extends StoredOrders {

		@Override
		public String find(String id) {
			return "there " + id;
		}

	}

}
