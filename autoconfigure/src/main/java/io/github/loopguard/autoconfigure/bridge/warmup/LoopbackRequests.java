package io.github.loopguard.autoconfigure.bridge.warmup;

import java.util.List;

import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;

/**
 * Requests routes of the application from itself, so that their code is loaded before the
 * first real request. Each request has the header {@code X-Loopguard-Warmup}.
 */
final class LoopbackRequests {

	private static final String HEADER = "X-Loopguard-Warmup";

	private LoopbackRequests() {
	}

	/**
	 * Requests each route several times, one after another.
	 */
	static Flux<RouteResponse> get(HttpClient server, List<String> routes, int rounds) {
		HttpClient client = server.headers((headers) -> headers.set(HEADER, "true"));
		return Flux.fromIterable(routes)
			.concatMap((route) -> client.get()
				.uri(route)
				.responseSingle(
						(response, body) -> body.then().thenReturn(new RouteResponse(route, response.status().code())))
				.repeat(rounds - 1));
	}

	/**
	 * Response of a route.
	 *
	 * @param route the path
	 * @param status the status
	 */
	record RouteResponse(String route, int status) {

		boolean failed() {
			return this.status >= 400;
		}

		@Override
		public String toString() {
			return this.route + " answered " + this.status;
		}

	}

}
