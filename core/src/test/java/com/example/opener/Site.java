package com.example.opener;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A method that opens something lazy and then has the JDK load a class.
 */
public final class Site {

	private Site() {
	}

	/**
	 * Runs both.
	 * @param open opens something lazy
	 * @param load loads a class, called by the JDK
	 */
	public static void read(Consumer<String> open, Consumer<String> load) {
		open.accept("");
		new ArrayList<>(List.of("com/acme/Late")).forEach(load);
	}

}
