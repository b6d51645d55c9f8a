package io.github.loopguard.bridge;

/**
 * Blocking work without a result, such as {@code () -> Files.delete(path)}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface BlockingAction {

	/**
	 * Does the work, on a thread that may block.
	 * @throws Exception any error; the subscriber receives it unwrapped
	 */
	void run() throws Exception;

}
