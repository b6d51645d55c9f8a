package com.example.offloaded;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts how often {@link Tariffs} was initialised.
 */
final class Initialisations {

	private static final AtomicInteger COUNT = new AtomicInteger();

	private Initialisations() {
	}

	static void begun() {
		COUNT.incrementAndGet();
	}

	static int count() {
		return COUNT.get();
	}

}
