package io.github.loopguard.detect.thread;

/**
 * Finds out what a thread is, by its class and by the executor that it runs.
 */
public final class ThreadRoles {

	private ThreadRoles() {
	}

	/**
	 * Returns the role of the current thread.
	 * @param current the current thread
	 * @return its role now
	 */
	public static ThreadRole of(Thread current) {
		ThreadType type = ThreadType.of(current);
		return switch (type) {
			case EVENT_LOOP -> ThreadRole.EVENT_LOOP;
			case COROUTINES -> CoroutineWorkers.role(current);
			case NETTY, NETTY_UNFOLLOWED, OTHER -> {
				ThreadRole role = RunningExecutor.role();
				yield (role == ThreadRole.UNKNOWN) ? type.withoutExecutor() : role;
			}
		};
	}

	/**
	 * Returns the role of any thread, as far as it shows from outside.
	 * @param thread the thread
	 * @return its role, unknown if it changes
	 */
	public static ThreadRole ofOther(Thread thread) {
		ThreadType type = ThreadType.of(thread);
		return switch (type) {
			case EVENT_LOOP -> ThreadRole.EVENT_LOOP;
			case COROUTINES, OTHER -> ThreadRole.UNKNOWN;
			case NETTY -> ExecutorProgress.role(thread);
			case NETTY_UNFOLLOWED -> type.withoutExecutor();
		};
	}

	/**
	 * Returns whether a thread can be an event loop, judged by its class.
	 * @param thread any thread
	 * @return whether it can
	 */
	public static boolean isCandidate(Thread thread) {
		return ThreadType.of(thread) != ThreadType.OTHER;
	}

	/**
	 * Returns whether the role of a thread can change.
	 * @param thread any thread
	 * @return whether it can
	 */
	public static boolean mayChange(Thread thread) {
		return switch (ThreadType.of(thread)) {
			case NETTY, NETTY_UNFOLLOWED, COROUTINES -> true;
			case EVENT_LOOP, OTHER -> false;
		};
	}

}
