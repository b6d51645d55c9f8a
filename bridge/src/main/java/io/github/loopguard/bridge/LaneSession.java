package io.github.loopguard.bridge;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A resource and the thread on which all its steps run.
 *
 * @param <R> type of the resource
 * @since 0.1
 */
public interface LaneSession<R> {

	/**
	 * Runs one step on the session's thread. Steps run one after another in the order of
	 * subscription; a step taken from within a step runs in place.
	 * @param step what to do with the resource; {@code null} as its result becomes an
	 * empty {@code Mono}
	 * @param <T> type of the result
	 * @return the result; {@link LaneClosedException} after the session has ended
	 */
	<T> Mono<T> call(BlockingFunction<? super R, ? extends @Nullable T> step);

}
