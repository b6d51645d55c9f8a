package io.github.loopguard.autoconfigure.bridge;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * Observes the work of an offloaded method, where observations are available.
 */
interface OffloadObservation {

	/**
	 * Returns the work, observed.
	 */
	<T> Flux<T> observe(String lane, String method, Publisher<T> work);

}
