package io.github.loopguard;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What waited while event loops were held. Known of the times at which the loop monitor
 * saw an event loop stand still.
 *
 * @param tasks tasks that stood in the queues of the loops when they went on, or
 * {@code null} if unknown
 * @param requests requests that the loops read first when they went on, or {@code null}
 * if unknown
 * @param estimated whether the number of requests is an upper bound: they waited where
 * nobody counts them, in the operating system
 * @param routes routes of these requests, at most {@value #MAX_ROUTES}
 * @param traceId identifier of the trace of one of these requests, or {@code null} if
 * unknown
 * @param total for how long all of them waited, at most, or {@code null} if unknown
 * @param timeouts number of client calls that timed out because their event loop stood
 * still, by kind
 * @since 0.1
 */
public record Waited(@Nullable Long tasks, @Nullable Long requests, @Nullable Boolean estimated, List<Route> routes,
		@Nullable String traceId, @Nullable Duration total, Map<String, Long> timeouts) {

	/**
	 * Most routes that are named.
	 */
	public static final int MAX_ROUTES = 8;

	/**
	 * Nothing is known.
	 */
	public static final Waited UNKNOWN = new Waited(null);

	@SuppressWarnings("ConstantConditions")
	public Waited {
		// A report of an earlier version has none.
		routes = (routes != null) ? List.copyOf(routes) : List.of();
		timeouts = (timeouts != null) ? Map.copyOf(timeouts) : Map.of();
	}

	/**
	 * Creates what waited of which only the number of tasks is known.
	 * @param tasks tasks that stood in the queues, or {@code null} if unknown
	 */
	public Waited(@Nullable Long tasks) {
		this(tasks, null, null, List.of(), null, null, Map.of());
	}

	/**
	 * Returns what waited in all.
	 * @param other what waited at other times
	 * @return the sum of both
	 */
	public Waited plus(Waited other) {
		Map<String, Long> timeouts = new TreeMap<>(this.timeouts);
		other.timeouts.forEach((kind, count) -> timeouts.merge(kind, count, Long::sum));
		return new Waited(sum(this.tasks, other.tasks), sum(this.requests, other.requests),
				(this.estimated == null || Boolean.TRUE.equals(other.estimated)) ? other.estimated : this.estimated,
				routes(this.routes, other.routes), (this.traceId != null) ? this.traceId : other.traceId,
				(this.total == null) ? other.total : (other.total == null) ? this.total : this.total.plus(other.total),
				timeouts);
	}

	private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
		return (one == null) ? other : (other == null) ? one : Long.valueOf(one + other);
	}

	private static List<Route> routes(List<Route> some, List<Route> others) {
		Stream<Route> more = others.stream()
			.filter((it) -> some.stream().noneMatch((known) -> known.route().equals(it.route())));
		return Stream.concat(some.stream(), more).limit(MAX_ROUTES).toList();
	}

	/**
	 * A route of requests that waited.
	 *
	 * @param route method and template of the route
	 * @param traceId identifier of the trace of one of them, or {@code null} if unknown
	 */
	public record Route(String route, @Nullable String traceId) {
	}

}
