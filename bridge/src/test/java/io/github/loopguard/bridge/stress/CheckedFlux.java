package io.github.loopguard.bridge.stress;

import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/**
 * Checks the signals between a lane's publisher and whatever subscribes to it.
 */
final class CheckedFlux<T> extends Flux<T> {

	private final Operation operation;

	private final Publisher<? extends T> source;

	CheckedFlux(Operation operation, Publisher<? extends T> source) {
		this.operation = operation;
		this.source = source;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		this.source.subscribe(new SignalCheck<>(this.operation, actual));
	}

}
