package com.example.offloaded;

/**
 * Takes long to initialise, as classes do that read a table.
 */
final class Tariffs {

	static {
		Initialisations.begun();
		try {
			Thread.sleep(300);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Tariffs() {
	}

}
