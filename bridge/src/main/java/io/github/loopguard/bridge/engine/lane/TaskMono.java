package io.github.loopguard.bridge.engine.lane;

import java.util.function.Function;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * A {@code Mono} that creates a task for each subscription.
 */
final class TaskMono<T> extends Mono<T> {

	private final Function<CoreSubscriber<? super T>, Subscription> task;

	TaskMono(Function<CoreSubscriber<? super T>, Subscription> task) {
		this.task = task;
	}

	Mono<T> assembled() {
		return onAssembly(this);
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		actual.onSubscribe(this.task.apply(actual));
	}

}
