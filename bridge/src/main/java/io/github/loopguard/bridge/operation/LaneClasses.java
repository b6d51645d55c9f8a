package io.github.loopguard.bridge.operation;

import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;

import reactor.core.publisher.Mono;

import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneCache;

/**
 * Loads and initialises classes and services in a lane. Simultaneous callers share one
 * attempt, and a failure is kept for a minute, so that not every request searches for a
 * missing class again. Loaded classes are not kept here: the JVM keeps them.
 *
 * @since 0.1
 */
public final class LaneClasses {

	/**
	 * How long a failure is kept unless set otherwise.
	 */
	public static final Duration DEFAULT_KEEP_FAILURE = Duration.ofMinutes(1);

	private final LaneCache<Request, Class<?>> classes;

	private final LaneCache<ServiceRequest<?>, List<?>> services;

	private LaneClasses(Lane lane, Duration keepFailure) {
		this.classes = new LaneCache<>(lane, (request) -> Class.forName(request.name(), true, request.loader()),
				Duration.ZERO, keepFailure);
		this.services = new LaneCache<>(lane, ServiceRequest::load, Duration.ZERO, keepFailure);
	}

	/**
	 * Returns a loader that keeps failures for a minute; reuse it.
	 * @param lane where classes are loaded
	 * @return the loader
	 */
	public static LaneClasses in(Lane lane) {
		return in(lane, DEFAULT_KEEP_FAILURE);
	}

	/**
	 * Returns a loader.
	 * @param lane where classes are loaded
	 * @param keepFailure how long a failure is kept, zero for not at all
	 * @return the loader
	 */
	public static LaneClasses in(Lane lane, Duration keepFailure) {
		return new LaneClasses(lane, keepFailure);
	}

	/**
	 * Loads and initialises a class.
	 * @param name its name, as for {@link Class#forName(String)}
	 * @param loader the class loader
	 * @return the class, or {@code ClassNotFoundException}, or the error of its static
	 * initialiser
	 */
	public Mono<Class<?>> load(String name, ClassLoader loader) {
		return this.classes.get(new Request(name, loader));
	}

	/**
	 * Returns the providers of a service.
	 * @param service the service
	 * @param loader the class loader
	 * @param <S> type of the service
	 * @return the providers in the order of the {@link ServiceLoader}; simultaneous
	 * callers receive the same instances
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
