package io.github.loopguard.ledger;

/**
 * Who knows a violation: the listeners, the log. Changed by one thread at a time, off the
 * event loops.
 */
final class Announcement {

	private boolean dispatched;

	private boolean logged;

	boolean isDispatched() {
		return this.dispatched;
	}

	void dispatched() {
		this.dispatched = true;
	}

	boolean isLogged() {
		return this.logged;
	}

	/**
	 * Notes that the violation is in the log, or does not belong in it.
	 */
	void logged() {
		this.logged = true;
	}

	boolean isComplete() {
		return this.dispatched && this.logged;
	}

	/**
	 * Adds what is known about the same violation from before.
	 */
	void include(Announcement earlier) {
		this.dispatched |= earlier.dispatched;
		this.logged |= earlier.logged;
	}

}
