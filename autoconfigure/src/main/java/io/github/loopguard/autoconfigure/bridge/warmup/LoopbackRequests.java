package io.github.loopguard.autoconfigure.bridge.warmup;

import java.util.List;

import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;

/**
 * Requests routes of the application from itself, so that the code they need is loaded
 * before others ask. Each request says what it is in the header
 * {@code X-Loopguard-Warmup}.
 */
final class LoopbackRequests {

	private static final String HEADER = "X-Loopguard-Warmup";

	private LoopbackRequests() {
	}

	/**
	 * Requests each route several times, one after another.
	 */
	static Flux<Answer> get(HttpClient server, List<String> routes, int rounds) {
		HttpClient client = server.headers((headers) -> headers.set(HEADER, "true"));
		return Flux.fromIterable(routes)
			.concatMap((route) -> client.get()
				.uri(route)
				.responseSingle((response, body) -> body.then().thenReturn(new Answer(route, response.status().code())))
				.repeat(rounds - 1));
	}

	/**
	 * What a route answered.
	 *
	 * @param route the path
	 * @param status the status
	 */
	record Answer(String route, int status) {

		boolean failed() {
			return this.status >= 400;
		}

		@Override
		public String toString() {
			return this.route + " answered " + this.status;
		}

	}

}
