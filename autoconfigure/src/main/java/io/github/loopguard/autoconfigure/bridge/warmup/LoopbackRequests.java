package io.github.loopguard.autoconfigure.bridge.warmup;

import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Requests routes of the application from itself, so that the code they need is loaded
 * before others ask. Each request says what it is in the header
 * {@code X-Loopguard-Warmup}.
 */
final class LoopbackRequests {

	private LoopbackRequests() {
	}

	/**
	 * Requests each route several times, one after another.
	 * @return the number of answers, whatever their status
	 */
	static Mono<Long> get(int port, List<String> routes, int rounds) {
		return Mono.using(() -> ConnectionProvider.create("loopguard-warmup", 1), (connections) -> {
			HttpClient client = HttpClient.create(connections)
				.host("localhost")
				.port(port)
				.headers((headers) -> headers.set("X-Loopguard-Warmup", "true"));
			return Flux.fromIterable(routes)
				.concatMap((route) -> client.get()
					.uri(route)
					.responseSingle((response, body) -> body.then().thenReturn(response.status().code()))
					.repeat(rounds - 1))
				.count();
		}, ConnectionProvider::dispose);
	}

}
