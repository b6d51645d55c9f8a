package io.github.loopguard.autoconfigure.bridge;

import java.util.function.Function;

import io.github.loopguard.bridge.CallDecorator;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Observes calls: each observation is a child of the caller's and is current in the
 * blocking code.
 */
final class BridgeObservation implements CallDecorator {

	private static final String NAME = "loopguard.bridge.call";

	private final ObservationRegistry registry;

	private final boolean all;

	/**
	 * Creates the decorator.
	 * @param all whether to observe calls without a name too
	 */
	BridgeObservation(ObservationRegistry registry, boolean all) {
		this.registry = registry;
		this.all = all;
	}

	@Override
	public <T> Mono<T> decorate(String lane, @Nullable String name, Mono<T> call) {
		if (name == null && !this.all) {
			return call;
		}
		return Mono.deferContextual((context) -> {
			Observation observation = start(context, lane, name);
			return call.doOnError(observation::error)
				.doFinally((signal) -> observation.stop())
				.contextWrite(current(observation));
		});
	}

	@Override
	public <T> Flux<T> decorate(String lane, @Nullable String name, Flux<T> call) {
		if (name == null && !this.all) {
			return call;
		}
		return Flux.deferContextual((context) -> {
			Observation observation = start(context, lane, name);
			return call.doOnError(observation::error)
				.doFinally((signal) -> observation.stop())
				.contextWrite(current(observation));
		});
	}

	private Observation start(ContextView context, String lane, @Nullable String name) {
		String method = (name != null) ? name : "call";
		Observation observation = Observation.createNotStarted(NAME, this.registry)
			.contextualName(method + " in lane " + lane)
			.lowCardinalityKeyValue("lane", lane)
			.lowCardinalityKeyValue("method", method);
		Observation parent = context.<Observation>getOrEmpty(ObservationThreadLocalAccessor.KEY).orElse(null);
		if (parent != null) {
			observation.parentObservation(parent);
		}
		return observation.start();
	}

	private static Function<Context, Context> current(Observation observation) {
		return (context) -> context.put(ObservationThreadLocalAccessor.KEY, observation);
	}

}
