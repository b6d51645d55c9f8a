package io.github.loopguard.detect.thread;

import java.util.Arrays;
import java.util.List;

/**
 * The threads of this JVM.
 */
public final class LiveThreads {

	private LiveThreads() {
	}

	/**
	 * Returns all threads that live.
	 * @return the platform threads
	 */
	public static List<Thread> all() {
		ThreadGroup root = Thread.currentThread().getThreadGroup();
		for (ThreadGroup parent = root.getParent(); parent != null; parent = parent.getParent()) {
			root = parent;
		}
		Thread[] found = new Thread[root.activeCount() * 2 + 16];
		int count = root.enumerate(found, true);
		return Arrays.asList(found).subList(0, count);
	}

}
