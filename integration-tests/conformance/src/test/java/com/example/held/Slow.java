package com.example.held;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes its time to be created, behind the call of another constructor that creates
 * objects itself.
 */
class Slow extends ArrayList<String> {

	private static final long serialVersionUID = 1L;

	private final String name;

	Slow(String name) throws InterruptedException {
		super(new ArrayList<>(List.of(new StringBuilder(name).append(name.isEmpty() ? "none" : "some").toString())));
		try {
			this.name = new StringBuilder(name.toUpperCase(Locale.ROOT)).reverse().toString();
		}
		finally {
			Thread.sleep(Turn.SLEEP.toMillis());
		}
	}

	String name() {
		return this.name;
	}

}
