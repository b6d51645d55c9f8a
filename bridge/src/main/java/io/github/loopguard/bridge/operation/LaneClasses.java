package io.github.loopguard.bridge.operation;

import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;

import reactor.core.publisher.Mono;

import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneCache;

/**
 * Loads and initialises classes and services in a lane. All who ask for one at the same
 * time share one attempt, and a failure is remembered for a minute, so that a missing
 * class is not searched for again with every request. What was loaded is not held: the
 * JVM does that.
 *
 * @since 0.1
 */
public final class LaneClasses {

	/**
	 * How long a failure is remembered unless set otherwise.
	 */
	public static final Duration DEFAULT_KEEP_FAILURE = Duration.ofMinutes(1);

	private final LaneCache<Request, Class<?>> classes;

	private final LaneCache<ServiceRequest<?>, List<?>> services;

	private LaneClasses(Lane lane, Duration keepFailure) {
		this.classes = new LaneCache<>(lane, (wanted) -> Class.forName(wanted.name(), true, wanted.loader()),
				Duration.ZERO, keepFailure);
		this.services = new LaneCache<>(lane, ServiceRequest::load, Duration.ZERO, keepFailure);
	}

	/**
	 * Returns a loader that remembers failures for a minute; keep it rather than asking
	 * for one each time.
	 * @param lane where classes are loaded
	 * @return the loader
	 */
	public static LaneClasses in(Lane lane) {
		return in(lane, DEFAULT_KEEP_FAILURE);
	}

	/**
	 * Returns a loader.
	 * @param lane where classes are loaded
	 * @param keepFailure how long a failure is remembered, zero for not at all
	 * @return the loader
	 */
	public static LaneClasses in(Lane lane, Duration keepFailure) {
		return new LaneClasses(lane, keepFailure);
	}

	/**
	 * Loads and initialises a class.
	 * @param name its name, as for {@link Class#forName(String)}
	 * @param loader the class loader to ask
	 * @return the class, or {@code ClassNotFoundException}, or the error of its static
	 * initialiser
	 */
	public Mono<Class<?>> load(String name, ClassLoader loader) {
		return this.classes.get(new Request(name, loader));
	}

	/**
	 * Finds and creates the providers of a service.
	 * @param service the service
	 * @param loader the class loader to ask
	 * @param <S> type of the service
	 * @return the providers in the order of the {@link ServiceLoader}; those who ask at
	 * the same time receive the same instances
	 */
	@SuppressWarnings("unchecked")
	public <S> Mono<List<S>> services(Class<S> service, ClassLoader loader) {
		return this.services.get(new ServiceRequest<>(service, loader)).map((found) -> (List<S>) found);
	}

	private record Request(String name, ClassLoader loader) {
	}

	private record ServiceRequest<S>(Class<S> service, ClassLoader loader) {

		List<S> load() {
			return ServiceLoader.load(this.service, this.loader).stream().map(ServiceLoader.Provider::get).toList();
		}

	}

}
