package io.github.loopguard.bridge.engine;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds what lanes run to the recordings of the JVM that are running. Nothing of the
 * flight recorder is loaded until it is turned on.
 */
public final class LaneTimeline {

	private static final Logger logger = LoggerFactory.getLogger(LaneTimeline.class);

	private static volatile @Nullable Supplier<@Nullable Span> spans;

	private LaneTimeline() {
	}

	/**
	 * Turns the events on or off. Where there is no flight recorder, there are none.
	 * @param wanted whether they are wanted
	 */
	public static void turnOn(boolean wanted) {
		try {
			spans = (wanted && ModuleLayer.boot().findModule("jdk.jfr").isPresent()) ? LaneCallEvent.spans() : null;
		}
		catch (RuntimeException | LinkageError ex) {
			failed(ex);
		}
	}

	/**
	 * Begins a task on the current thread.
	 * @return to be ended, or {@code null} if no recording wants it
	 */
	static @Nullable Span begin() {
		Supplier<@Nullable Span> spans = LaneTimeline.spans;
		try {
			return (spans != null) ? spans.get() : null;
		}
		catch (Throwable ex) {
			failed(ex);
			return null;
		}
	}

	/**
	 * Ends a task.
	 * @param span what its beginning returned
	 * @param delivered whether somebody gets the outcome
	 * @param error of its code, or {@code null}
	 */
	static void end(@Nullable Span span, LaneTask<?> task, boolean delivered, @Nullable Throwable error) {
		try {
			if (span != null) {
				span.end(task, delivered, error);
			}
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	/**
	 * Turns the events off. No task fails because it cannot be recorded.
	 */
	private static void failed(Throwable ex) {
		spans = null;
		SafeLog.warn(logger, "Recordings show no calls of lanes{}", " any more", ex);
	}

	/**
	 * A task that is under way.
	 */
	interface Span {

		/**
		 * Ends it.
		 * @param delivered whether somebody gets the outcome
		 * @param error of its code, or {@code null}
		 */
		void end(LaneTask<?> task, boolean delivered, @Nullable Throwable error);

	}

}
