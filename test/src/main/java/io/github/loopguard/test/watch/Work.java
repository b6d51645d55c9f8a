package io.github.loopguard.test.watch;

import org.jspecify.annotations.Nullable;

/**
 * Something that threads work for, and that a thread knows it works for.
 */
interface Work {

	/**
	 * Work of tests that nobody watches.
	 */
	Work OF_OTHERS = () -> null;

	/**
	 * Returns where to record what happens on its behalf now, or {@code null} if nobody
	 * keeps it. Called on event loops.
	 */
	@Nullable Recording recording();

	/**
	 * Has a task handed to a scheduler run as part of this work.
	 * @param task what is handed over by a thread that does this work
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
