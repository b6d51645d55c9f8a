package io.github.loopguard.test.tracking;

import org.jspecify.annotations.Nullable;

/**
 * A test, or a class of tests, for which threads work.
 */
interface Work {

	/**
	 * Work of tests that are not tracked.
	 */
	Work OF_OTHERS = () -> null;

	/**
	 * Returns the current recording, or {@code null} if nothing is recorded. Called on
	 * event loops.
	 */
	@Nullable Recording recording();

	/**
	 * Returns a task that runs as part of this work.
	 * @param task a task that a thread of this work has scheduled
	 */
	default Runnable carry(Runnable task) {
		return new CarriedTask(this, task);
	}

	/**
	 * Called when such a task begins.
	 */
	default void begun() {
	}

	/**
	 * Called when such a task ends.
	 */
	default void ended() {
	}

}
