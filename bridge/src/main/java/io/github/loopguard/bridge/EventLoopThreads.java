package io.github.loopguard.bridge;

import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Lets whoever knows more about threads tell the bridge which of them are event loops.
 * Alone, the bridge asks Reactor and Netty. Loopguard tells it what its detectors know,
 * so that both give the same answer.
 *
 * @since 0.1
 */
public final class EventLoopThreads {

	private static volatile @Nullable BooleanSupplier recognizer;

	private EventLoopThreads() {
	}

	/**
	 * Replaces the answer of Reactor and Netty.
	 * @param recognizer returns whether the current thread is an event loop; must not
	 * block. {@code null} for the answer of Reactor and Netty
	 */
	public static void recognizedBy(@Nullable BooleanSupplier recognizer) {
		EventLoopThreads.recognizer = recognizer;
	}

	/**
	 * Returns what tells whether the current thread is an event loop.
	 * @return the answer that replaces Reactor's and Netty's, or {@code null} if nothing
	 * does
	 */
	public static @Nullable BooleanSupplier recognizer() {
		return recognizer;
	}

}
