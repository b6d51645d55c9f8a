package io.github.loopguard.autoconfigure.bridge.warmup;

import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

import io.github.loopguard.autoconfigure.bridge.warmup.LoopbackRequests.RouteResponse;

/**
 * Warms up the configured routes, and logs those that fail.
 */
final class LoopbackWarmup {

	private static final Log logger = LogFactory.getLog(LoopbackWarmup.class);

	private final LoopbackServer server;

	private final List<String> routes;

	private final int rounds;

	LoopbackWarmup(LoopbackServer server, WarmupProperties properties) {
		this.server = server;
		this.routes = properties.routes();
		this.rounds = properties.rounds();
	}

	Mono<Void> requests() {
		String reason = this.server.unreachableReason();
		if (reason != null) {
			logger.warn("loopguard.warmup.routes is ignored: " + reason);
			return Mono.empty();
		}
		return Mono
			.using(() -> ConnectionProvider.create("loopguard-warmup", 1),
					(connections) -> Mono.fromCallable(() -> this.server.client(connections))
						.flatMapMany((client) -> LoopbackRequests.get(client, this.routes, this.rounds))
						.filter(RouteResponse::failed)
						.distinct()
						.doOnNext(this::warn)
						.then(),
					ConnectionProvider::dispose)
			.onErrorResume(this::failed);
	}

	private void warn(RouteResponse response) {
		logger.warn("loopguard.warmup.routes: " + response + ", so it may not be warm");
	}

	private Mono<Void> failed(Throwable error) {
		logger.warn("Could not warm up " + this.routes + " by requests to " + this.server, error);
		return Mono.empty();
	}

}
