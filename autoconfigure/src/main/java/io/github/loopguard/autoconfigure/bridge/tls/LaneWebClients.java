package io.github.loopguard.autoconfigure.bridge.tls;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.SSLException;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.operation.LaneTls;

/**
 * Shared {@link WebClient}s whose TLS is created in a lane, so that the first HTTPS
 * request reads no certificates on an event loop.
 *
 * @since 0.1
 */
public final class LaneWebClients {

	private final ConcurrentHashMap<String, WebClient> clients = new ConcurrentHashMap<>();

	private final @Nullable LaneSslBundles bundles;

	private final LaneTls tls;

	/**
	 * Creates an instance.
	 * @param lane where TLS material is created
	 * @param bundles the application's SSL bundles, {@code null} for none
	 */
	public LaneWebClients(Lane lane, @Nullable LaneSslBundles bundles) {
		this.tls = LaneTls.in(lane);
		this.bundles = bundles;
	}

	/**
	 * Returns the client that trusts the JVM's certificates.
	 * @return the client, the same for all callers
	 */
	public Mono<WebClient> shared() {
		return this.tls.shared("web client",
				() -> client(new PooledConnector("default", SslContextBuilder.forClient().build())));
	}

	/**
	 * Returns the client that uses an SSL bundle. When the bundle is reloaded, the
	 * client's next requests use the new version, and those in flight finish.
	 * @param bundle name of the bundle
	 * @return the client, the same for all callers
	 */
	public Mono<WebClient> shared(String bundle) {
		return connector(bundle).map((connector) -> this.clients.computeIfAbsent(bundle, (name) -> client((method, uri,
				request) -> connector(name).flatMap((current) -> current.connect(method, uri, request)))));
	}

	/**
	 * Returns the connector of the bundle's present version.
	 */
	Mono<PooledConnector> connector(String bundle) {
		if (this.bundles == null) {
			return Mono.error(new IllegalStateException("There are no SSL bundles in this application"));
		}
		return this.bundles.shared("connector", bundle, (ssl) -> new PooledConnector(bundle, context(ssl)));
	}

	private static WebClient client(ClientHttpConnector connector) {
		return WebClient.builder().clientConnector(connector).build();
	}

	private static SslContext context(SslBundle bundle) {
		try {
			return SslContextBuilder.forClient()
				.keyManager(bundle.getManagers().getKeyManagerFactory())
				.trustManager(bundle.getManagers().getTrustManagerFactory())
				.ciphers(ciphers(bundle))
				.protocols(bundle.getOptions().getEnabledProtocols())
				.build();
		}
		catch (SSLException ex) {
			throw new IllegalStateException("No TLS context for the bundle", ex);
		}
	}

	private static @Nullable List<String> ciphers(SslBundle bundle) {
		String[] ciphers = bundle.getOptions().getCiphers();
		return (ciphers != null) ? List.of(ciphers) : null;
	}

}
