package com.example.joined;

/**
 * References to methods that are native in some JDKs.
 */
final class References {

	private References() {
	}

	static Subjects.Call yield() {
		return Thread::yield;
	}

	static Subjects.Call sleep() {
		Sleep sleep = Thread::sleep;
		return () -> sleep.sleep(1);
	}

	static Subjects.Call wait(Object monitor) {
		Sleep wait = monitor::wait;
		return () -> {
			synchronized (monitor) {
				wait.sleep(1);
			}
		};
	}

	/**
	 * Takes some time.
	 */
	private interface Sleep {

		void sleep(long millis) throws InterruptedException;

	}

}
