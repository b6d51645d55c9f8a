package io.github.loopguard.detect;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The classes that one call has loaded on one event loop within a moment: a class brings
 * others with it, so all of them are one occurrence. Confined to the event loop.
 */
final class ClassLoadingBurst {

	private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(100);

	private @Nullable CallPath path;

	private String firstClass = "";

	private long last;

	/**
	 * Adds a class.
	 * @param path the way to the call that loads it
	 * @param className name of the class
	 * @param now when it was defined, in nanoseconds
	 * @return whether another burst begins
	 */
	boolean add(CallPath path, String className, long now) {
		CallPath previous = this.path;
		boolean begins = previous == null || now - this.last > MOMENT || className.equals(this.firstClass)
				|| !path.counter().isSameViolation(previous.counter());
		if (begins) {
			this.firstClass = className;
		}
		this.path = path;
		this.last = System.nanoTime();
		return begins;
	}

}
