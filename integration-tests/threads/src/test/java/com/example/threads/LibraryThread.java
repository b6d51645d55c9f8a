package com.example.threads;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A thread of a library and what it is.
 *
 * @param library the library
 * @param name pattern of the thread's name, in which an asterisk stands for anything
 * @param kind what it is
 * @param work what runs on it
 * @param available whether this machine has it
 * @param entrance how to get there
 */
record LibraryThread(String library, String name, Kind kind, String work, boolean available, Entrance entrance) {

	static LibraryThread loop(String library, String name, String work, Entrance entrance) {
		return new LibraryThread(library, name, Kind.EVENT_LOOP, work, true, entrance);
	}

	static LibraryThread pool(String library, String name, String work, Entrance entrance) {
		return new LibraryThread(library, name, Kind.POOL, work, true, entrance);
	}

	LibraryThread where(boolean available) {
		return new LibraryThread(this.library, this.name, this.kind, this.work, available, this.entrance);
	}

	/**
	 * Runs a probe on the thread.
	 * @return what the probe says
	 */
	<T> Visit<T> visit(Probe<T> probe) throws Exception {
		CompletableFuture<Visit<T>> result = new CompletableFuture<>();
		this.entrance.enter(() -> {
			try {
				result.complete(new Visit<>(Thread.currentThread().getName(), probe.run()));
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		});
		return result.get(60, TimeUnit.SECONDS);
	}

	boolean isNamed(String threadName) {
		return Pattern.matches(Pattern.quote(this.name).replace("*", "\\E.*\\Q"), threadName);
	}

	@Override
	public String toString() {
		return this.library + ", " + this.work;
	}

	/**
	 * What a thread is.
	 */
	enum Kind {

		EVENT_LOOP("event loop"), POOL("may block");

		private final String title;

		Kind(String title) {
			this.title = title;
		}

		@Override
		public String toString() {
			return this.title;
		}

	}

	/**
	 * Gets to a thread of a library.
	 */
	interface Entrance {

		/**
		 * Runs a task there. What it starts goes on, as in an application.
		 */
		void enter(Runnable task) throws Exception;

	}

	/**
	 * Finds out something about the thread it runs on.
	 */
	interface Probe<T> {

		T run() throws Exception;

	}

	/**
	 * What came of a probe.
	 *
	 * @param threadName the thread on which it ran
	 * @param result what it found out
	 */
	record Visit<T>(String threadName, T result) {
	}

}
