package io.github.loopguard.daemon;

import org.jspecify.annotations.Nullable;

/**
 * A daemon thread that does the same again and again for the life of the JVM, whatever is
 * thrown meanwhile.
 */
public final class DaemonThread {

	private final String name;

	private final Step step;

	private final Failures failures;

	private @Nullable Thread thread;

	private volatile boolean ended;

	/**
	 * Creates the thread without starting it.
	 * @param name name of the thread
	 * @param step what it does; waits first, so that a step that fails is not repeated at
	 * once
	 * @param failures what the step throws
	 */
	public DaemonThread(String name, Step step, Failures failures) {
		this.name = name;
		this.step = step;
		this.failures = failures;
	}

	/**
	 * Starts the thread unless it runs.
	 */
	public synchronized void ensureRunning() {
		if (this.thread == null || !this.thread.isAlive()) {
			Thread created = new Thread(this::run, this.name);
			created.setDaemon(true);
			created.start();
			this.thread = created;
		}
	}

	/**
	 * Ends the thread after the step that runs.
	 */
	public void end() {
		this.ended = true;
	}

	/**
	 * Returns what a step has thrown.
	 * @return what was thrown, or {@code null} if nothing is wrong any more
	 */
	public @Nullable Throwable failure() {
		return this.failures.last();
	}

	private void run() {
		while (!this.ended) {
			try {
				attempt();
			}
			catch (Throwable ex) {
				// It could not even be kept.
			}
		}
	}

	private void attempt() {
		try {
			this.step.run();
		}
		catch (InterruptedException ex) {
			// It runs for the life of the JVM: an interrupt does not end it.
		}
		catch (Throwable ex) {
			this.failures.add(ex);
		}
	}

	/**
	 * What the thread does again and again.
	 */
	@FunctionalInterface
	public interface Step {

		/**
		 * Does it once.
		 * @throws InterruptedException if the thread is interrupted, which does not end
		 * it
		 */
		void run() throws InterruptedException;

	}

}
