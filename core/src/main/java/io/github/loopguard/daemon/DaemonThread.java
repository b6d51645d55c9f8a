package io.github.loopguard.daemon;

import java.security.AccessController;
import java.security.PrivilegedAction;

import org.jspecify.annotations.Nullable;

/**
 * A daemon thread that does the same again and again for the life of the JVM, whatever is
 * thrown meanwhile. It inherits nothing from the thread that starts it, whose application
 * may end before, and is in none of its thread groups, in which a test may look for
 * threads that were left behind.
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
		if (!this.ended && (this.thread == null || !this.thread.isAlive())) {
			Thread created = create();
			created.setDaemon(true);
			created.setContextClassLoader(DaemonThread.class.getClassLoader());
			created.start();
			this.thread = created;
		}
	}

	/**
	 * Creates the thread. On JDK 17 a thread keeps the protection domains, and so the
	 * class loaders, of all code that takes part in creating it, up to what is
	 * privileged.
	 */
	@SuppressWarnings("removal")
	private Thread create() {
		PrivilegedAction<Thread> create = () -> new Thread(root(), this::run, this.name, 0, false);
		return AccessController.doPrivileged(create);
	}

	private static ThreadGroup root() {
		ThreadGroup group = Thread.currentThread().getThreadGroup();
		while (group.getParent() != null) {
			group = group.getParent();
		}
		return group;
	}

	/**
	 * Ends the thread after the step that runs, which is interrupted in case it hangs.
	 */
	public synchronized void end() {
		this.ended = true;
		if (this.thread != null) {
			this.thread.interrupt();
		}
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
