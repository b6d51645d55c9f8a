package com.example.annotated;

import java.util.function.BooleanSupplier;

import org.jetbrains.annotations.Blocking;
import org.jetbrains.annotations.NonBlocking;

/**
 * Says of all its methods but one that they block, in its class file only.
 */
@Blocking
class Archive {

	private final String name;

	private int count;

	Archive() {
		this("none");
	}

	Archive(String name) {
		this.name = name;
	}

	static String open(String name) {
		return name;
	}

	String read() {
		return this.name;
	}

	String readTwice() {
		return read() + read();
	}

	String readInternally() {
		return secret();
	}

	@NonBlocking
	String peek() {
		return secret();
	}

	String count() {
		return String.valueOf(++this.count);
	}

	@NonBlocking
	int counted() {
		return this.count;
	}

	String lookUp() {
		return "" + Archive.class.getResource("missing");
	}

	String audit() {
		return this.name;
	}

	String sleep() throws InterruptedException {
		Thread.sleep(1);
		return this.name;
	}

	String hang(BooleanSupplier over) {
		while (!over.getAsBoolean()) {
			Thread.onSpinWait();
		}
		return this.name;
	}

	String fail() {
		throw new IllegalStateException(this.name);
	}

	@Override
	public String toString() {
		return secret();
	}

	native String transfer();

	private String secret() {
		return this.name;
	}

}
