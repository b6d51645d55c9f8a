package com.example.held;

/**
 * Sleeps by a method reference. Loaded after Loopguard, because a loaded class can get no
 * methods.
 */
interface SleepReference {

	void sleepFor(long millis) throws InterruptedException;

	static boolean sleep(long millis) throws InterruptedException {
		SleepReference reference = Thread::sleep;
		reference.sleepFor(millis);
		return true;
	}

}
