package io.github.loopguard;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Declares that code may block, where Loopguard has nothing to hook: native code, a
 * custom protocol, a long computation.
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
	 * Declares that the operation that follows may block. On an event loop, this is an
	 * occurrence of the rule {@code marked-blocking}; on other threads, and without a
	 * detector, the call has no effect.
	 * @param operation name of the operation in reports; constant for each place in the
	 * code, because the number of names is limited
	 */
	public static void mayBlock(String operation) {
		Consumer<String> detector = Blocking.detector;
		if (detector != null) {
			detector.accept(operation);
		}
	}

	/**
	 * Sets the receiver of declarations. Called by Loopguard once a detector is
	 * installed; not intended for applications.
	 * @param detector receives the name of the operation on the thread that is about to
	 * block, or {@code null} for none
	 */
	public static void detectedBy(@Nullable Consumer<String> detector) {
		Blocking.detector = detector;
	}

}
