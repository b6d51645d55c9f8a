package com.acme.orders;

import java.io.File;

/**
 * Blocks once in a JVM, in whichever test comes first.
 */
final class Tariffs {

	static final long PRICE = new File("pom.xml").length();

	private Tariffs() {
	}

}
