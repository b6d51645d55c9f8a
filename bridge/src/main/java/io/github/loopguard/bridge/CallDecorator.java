package io.github.loopguard.bridge;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Adds something to the calls of all lanes, such as observations.
 *
 * @since 0.1
 */
public interface CallDecorator {

	/**
	 * Decorates a call with one result.
	 * @param lane name of the lane
	 * @param name name of the call, as in {@link Lane#observedAs}, {@code null} for none
	 * @param call the call
	 * @param <T> type of the result
	 * @return what the caller receives instead
	 */
	<T> Mono<T> decorate(String lane, @Nullable String name, Mono<T> call);

	/**
	 * Decorates a stream, a session or a deferred source.
	 * @param lane name of the lane
	 * @param name name of the call, as in {@link Lane#observedAs}, {@code null} for none
	 * @param call the call
	 * @param <T> type of the elements
	 * @return what the caller receives instead
	 */
	<T> Flux<T> decorate(String lane, @Nullable String name, Flux<T> call);

}
