package io.github.loopguard.bridge.engine.lane;

import java.util.function.Function;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * A {@code Flux} that creates tasks for each subscription.
 */
final class TaskFlux<T> extends Flux<T> {

	private final Function<CoreSubscriber<? super T>, Subscription> tasks;

	TaskFlux(Function<CoreSubscriber<? super T>, Subscription> tasks) {
		this.tasks = tasks;
	}

	Flux<T> assembled() {
		return onAssembly(this);
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		// A timeout may signal while an element is emitted.
		CoreSubscriber<? super T> serialized = Operators.serialize(actual);
		serialized.onSubscribe(this.tasks.apply(serialized));
	}

}
