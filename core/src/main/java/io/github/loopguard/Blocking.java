package io.github.loopguard;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Lets code say of itself that it may block, where nothing could be hooked: native code,
 * a protocol of one's own, a computation.
 *
 * <pre class="code">
 * byte[] render(Report report) {
 *     Blocking.mayBlock("rendering a report");
 *     return this.renderer.render(report);
 * }
 * </pre>
 *
 * @since 0.1
 */
public final class Blocking {

	private static volatile @Nullable Consumer<String> detector;

	private Blocking() {
	}

	/**
	 * Says that what follows may block. On an event loop this is an occurrence of the
	 * rule {@code marked-blocking}; anywhere else, and without a detector, it does
	 * nothing.
	 * @param what names the operation in reports; one name for one place, without
	 * anything that changes from call to call
	 */
	public static void mayBlock(String what) {
		Consumer<String> detector = Blocking.detector;
		if (detector != null) {
			detector.accept(what);
		}
	}

	/**
	 * Sets what is notified. Called by Loopguard, once it has installed a detector.
	 * @param detector takes the name of the operation, on the thread that is about to
	 * block; or {@code null} for none
	 */
	public static void detectedBy(@Nullable Consumer<String> detector) {
		Blocking.detector = detector;
	}

}
