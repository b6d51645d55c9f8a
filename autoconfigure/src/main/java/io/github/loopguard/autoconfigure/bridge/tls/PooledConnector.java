package io.github.loopguard.autoconfigure.bridge.tls;

import java.net.URI;
import java.time.Duration;
import java.util.function.Function;

import io.netty.handler.ssl.SslContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * An HTTP connector whose connections are its own. Disposing of it lets requests in
 * flight finish.
 */
final class PooledConnector implements ClientHttpConnector, Disposable {

	/**
	 * A request that has been given this connector may not have a connection yet.
	 */
	private static final Duration UNTIL_CONNECTED = Duration.ofSeconds(1);

	private static final Duration UNTIL_FINISHED = Duration.ofMinutes(1);

	private final ConnectionProvider connections;

	private final ReactorClientHttpConnector connector;

	PooledConnector(String name, SslContext context) {
		this.connections = ConnectionProvider.builder("loopguard-" + name).disposeTimeout(UNTIL_FINISHED).build();
		HttpClient client = HttpClient.create(this.connections).secure((spec) -> spec.sslContext(context));
		// In the lane: starts the client's event loops and resolver.
		client.warmup().block();
		this.connector = new ReactorClientHttpConnector(client);
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		return this.connector.connect(method, uri, requestCallback);
	}

	@Override
	public void dispose() {
		Mono.delay(UNTIL_CONNECTED).then(Mono.defer(this.connections::disposeLater)).subscribe();
	}

	@Override
	public boolean isDisposed() {
		return this.connections.isDisposed();
	}

}
