package io.github.loopguard.autoconfigure.client;

import java.util.List;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.PrematureCloseException;

import io.github.loopguard.detect.waiting.StallImpact;
import io.github.loopguard.detect.waiting.StallImpact.ClientTimeout;

/**
 * Watches the calls of a client of Reactor Netty.
 */
final class ClientTimeouts {

	private static final String POOL = "PoolAcquireTimeoutException";

	private final StallImpact impact;

	private final ConnectionsInUse connections = new ConnectionsInUse();

	ClientTimeouts(StallImpact impact) {
		this.impact = impact;
	}

	HttpClient observe(HttpClient client) {
		return client.mapConnect((connect) -> new TimedConnect(connect, this.impact))
			.doOnRequest((request, connection) -> {
				this.connections.use(connection.channel());
				TimedCall call = TimedCall.of(request.currentContextView());
				if (call != null) {
					call.sentBy(Thread.currentThread());
				}
			})
			.doOnRequestError((request, ex) -> {
				if (this.impact.isCounting() && isPool(ex)) {
					noConnection(request);
				}
			})
			.doOnResponseError((response, ex) -> {
				TimedCall call = TimedCall.of(response.currentContextView());
				if (call != null) {
					call.failed(ex);
				}
			});
	}

	private void noConnection(HttpClientRequest request) {
		TimedCall call = TimedCall.of(request.currentContextView());
		if (call != null) {
			List<Thread> loops = this.connections.loops(request.uri());
			call.noConnection(loops.isEmpty() ? List.of(call.wantedBy()) : loops);
		}
	}

	private static boolean isPool(Throwable failure) {
		// Its package depends on the version of Reactor Netty.
		return failure.getClass().getSimpleName().equals(POOL);
	}

	/**
	 * Returns how a call timed out on the event loop of its connection, or {@code null}
	 * if it failed for another reason.
	 */
	static @Nullable ClientTimeout kind(Throwable failure) {
		if (failure instanceof ReadTimeoutException) {
			return ClientTimeout.READ;
		}
		if (failure instanceof PrematureCloseException) {
			return ClientTimeout.CLOSED;
		}
		return (failure instanceof ConnectTimeoutException) ? ClientTimeout.CONNECT : null;
	}

	/**
	 * A call, until the head of the answer is there.
	 */
	private static final class TimedConnect extends MonoOperator<Connection, Connection> {

		private final StallImpact impact;

		TimedConnect(Mono<? extends Connection> connect, StallImpact impact) {
			super(connect.cast(Connection.class));
			this.impact = impact;
		}

		@Override
		public void subscribe(CoreSubscriber<? super Connection> actual) {
			this.source.subscribe(new TimedCall(actual, this.impact));
		}

	}

}
