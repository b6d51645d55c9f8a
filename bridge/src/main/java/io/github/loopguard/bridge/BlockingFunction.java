package io.github.loopguard.bridge;

import org.jspecify.annotations.Nullable;

/**
 * A blocking function, such as {@code repository::findById}.
 *
 * @param <A> type of the argument
 * @param <B> type of the result
 * @since 0.1
 */
@FunctionalInterface
public interface BlockingFunction<A, B> {

	/**
	 * Applies the function, on a thread that may block.
	 * @param argument the argument
	 * @return the result; {@code null} becomes an empty {@code Mono}
	 * @throws Exception any error; the subscriber receives it unwrapped
	 */
	@Nullable B apply(A argument) throws Exception;

}
