package io.github.loopguard.detect.flight;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the JVM recorded of one call.
 *
 * @param kind kind of the event
 * @param thread identifier of the thread that was held
 * @param threadName its name
 * @param begin when the call began, in nanoseconds of the recording's clock
 * @param end when it ended
 * @param stack its stack, from the innermost frame outwards
 * @param resource what it read, wrote or waited for, or {@code null} if unknown
 * @param detail class of the monitor, thread that held it, or why a virtual thread was
 * pinned; {@code null} if there is none
 */
record FlightEvent(EventKind kind, long thread, String threadName, long begin, long end, List<StackTraceElement> stack,
		@Nullable String resource, @Nullable String detail) {

	FlightEvent {
		stack = List.copyOf(stack);
	}

	long nanos() {
		return this.end - this.begin;
	}

	/**
	 * Returns the same with times of the JVM's clock.
	 * @param offset what the JVM's clock is ahead of the recording's
	 */
	FlightEvent shifted(long offset) {
		return new FlightEvent(this.kind, this.thread, this.threadName, this.begin + offset, this.end + offset,
				this.stack, this.resource, this.detail);
	}

	/**
	 * Returns the same without some of its time.
	 * @param nanos for how long it did not run, in nanoseconds
	 */
	FlightEvent without(long nanos) {
		return (nanos <= 0) ? this : new FlightEvent(this.kind, this.thread, this.threadName,
				this.begin + Math.min(nanos, nanos()), this.end, this.stack, this.resource, this.detail);
	}

	/**
	 * Returns the method that was traced.
	 */
	StackTraceElement innermost() {
		return this.stack.get(0);
	}

}
