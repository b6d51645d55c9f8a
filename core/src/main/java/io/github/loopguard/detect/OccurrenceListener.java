package io.github.loopguard.detect;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.stack.OwnClasses;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.policy.Finding;

/**
 * Is notified of every single occurrence that no allowance covers. Made for tests, which
 * are exact rather than cheap: while there is a listener, the stack of every occurrence
 * is walked. Called on the event loop that is blocked, or by a detector that looks at it
 * from outside; must not block.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface OccurrenceListener {

	/**
	 * Called when an occurrence has begun and was counted.
	 * @param counter counted it
	 * @param request returns the request the event loop works on
	 * @return is notified of how the occurrence goes on, or {@code null}
	 */
	@Nullable Progress begun(OccurrenceCounter counter, RequestSource request);

	/**
	 * Returns the name of the event loop that is blocked.
	 * @return name of the current thread, or of that which a detector looked at
	 */
	static String threadOfCall() {
		Finding outside = OutsideCalls.current();
		return (outside != null) ? outside.thread() : Thread.currentThread().getName();
	}

	/**
	 * Returns the stack of the call that blocks the event loop.
	 * @return frames from the blocking call outwards, without those of detectors
	 */
	static List<StackTraceElement> stackOfCall() {
		Finding outside = OutsideCalls.current();
		if (outside != null) {
			return outside.stack().frames();
		}
		StackTraceElement[] stack = new Throwable().getStackTrace();
		int first = 0;
		for (int i = 0; i < stack.length; i++) {
			if (OwnClasses.isDetector(stack[i].getClassName())) {
				first = i + 1;
			}
		}
		return List.of(Arrays.copyOfRange(stack, first, stack.length));
	}

	/**
	 * Is notified of how one occurrence goes on. Called on the same event loop.
	 */
	interface Progress {

		/**
		 * Called when the occurrence was to be prevented and could not be.
		 */
		void heldBack();

		/**
		 * Called when the occurrence was prevented.
		 */
		void prevented();

		/**
		 * Called when the occurrence has ended.
		 * @param nanos how long it held its loop, in nanoseconds
		 */
		void ended(long nanos);

		/**
		 * Called when the end of the occurrence will not be seen.
		 */
		void givenUp();

	}

}
