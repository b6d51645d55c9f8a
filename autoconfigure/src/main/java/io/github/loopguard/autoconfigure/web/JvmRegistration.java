package io.github.loopguard.autoconfigure.web;

/**
 * What is registered once in a JVM, as long as some application context needs it.
 */
final class JvmRegistration {

	private final Runnable register;

	private final Runnable remove;

	private int users;

	JvmRegistration(Runnable register, Runnable remove) {
		this.register = register;
		this.remove = remove;
	}

	synchronized void add() {
		this.users++;
		this.register.run();
	}

	synchronized void remove() {
		this.users--;
		if (this.users == 0) {
			this.remove.run();
		}
	}

}
