package io.github.loopguard.bridge;

import reactor.core.publisher.Mono;

/**
 * Adds something around every {@link Lane#call}, such as an observation.
 *
 * @since 0.1
 */
public interface CallDecorator {

	/**
	 * Decorates one call.
	 * @param lane name of the lane
	 * @param call the call
	 * @param <T> type of the result
	 * @return what the caller receives instead
	 */
	<T> Mono<T> decorate(String lane, Mono<T> call);

}
