package io.github.loopguard.benchmarks.bridge.disconnect;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.OnCancel;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * A server whose routes use small lanes. Reactor Netty alone: Spring 7.0.8 does not
 * cancel a body of several elements if the connection is cut before the first is written,
 * so that a stream would stay open for ever.
 */
final class DisconnectServer {

	/**
	 * Enough for the server to wait for a client that does not read.
	 */
	static final int ROWS = 20_000;

	private static final LaneSpec CALLS = LaneSpec.named("calls")
		.withThreads(2)
		.withQueueCapacity(8)
		.withOnCancel(OnCancel.INTERRUPT);

	private static final LaneSpec STREAMS = LaneSpec.named("streams")
		.withThreads(2)
		.withQueueCapacity(16)
		.withMaxOpen(12);

	private static final LaneSpec SESSIONS = LaneSpec.named("sessions").withThreads(3).withQueueCapacity(8);

	private DisconnectServer() {
	}

	static BlockingBridge bridge() {
		return new BlockingBridge(List.of(CALLS, STREAMS, SESSIONS));
	}

	static DisposableServer start(BlockingBridge bridge) {
		Lane calls = bridge.lane(CALLS.limits().name());
		Lane streams = bridge.lane(STREAMS.limits().name());
		Lane sessions = bridge.lane(SESSIONS.limits().name());
		return HttpServer.create().port(0).route((routes) -> {
			get(routes, "/call", calls.call(() -> work("answer")));
			get(routes, "/default", bridge.call(() -> work("answer")));
			get(routes, "/ordered", calls.ordered("key").call(() -> work("answer")));
			get(routes, "/two", calls.call(() -> work("answer")).flatMap((one) -> streams.call(() -> one)));
			get(routes, "/rows", rows(streams));
			get(routes, "/defer", streams.defer(() -> Flux.range(1, ROWS).map((i) -> "row " + i + "\n")));
			get(routes, "/session", session(sessions));
		}).bindNow();
	}

	private static void get(HttpServerRoutes routes, String path, Publisher<String> body) {
		routes.get(path, (request, response) -> response.sendString(body));
	}

	private static Flux<String> rows(Lane lane) {
		return lane.stream(TrackedResource::new, (cursor) -> cursor.advance(ROWS), TrackedResource::read);
	}

	private static Flux<String> session(Lane lane) {
		return lane.session(TrackedResource::new, (session) -> Flux.range(0, 20)
			.concatMap((i) -> session.call((resource) -> resource.advance(ROWS) ? work(resource.read()) : "")));
	}

	private static String work(String result) throws InterruptedException {
		if (ThreadLocalRandom.current().nextInt(4) == 0) {
			Thread.sleep(ThreadLocalRandom.current().nextInt(5));
		}
		return result;
	}

}
