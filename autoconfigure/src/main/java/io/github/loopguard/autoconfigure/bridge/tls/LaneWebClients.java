package io.github.loopguard.autoconfigure.bridge.tls;

import java.util.List;

import javax.net.ssl.SSLException;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.operation.LaneTls;

/**
 * Shared {@link WebClient}s whose TLS is created in a lane, so that the first HTTPS
 * request reads no certificates on an event loop.
 *
 * @since 0.1
 */
public final class LaneWebClients {

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
		return this.tls.shared("web client", () -> client("default", SslContextBuilder.forClient().build()));
	}

	/**
	 * Returns the client that uses an SSL bundle.
	 * @param bundle name of the bundle
	 * @return the client, the same for all callers until the bundle is reloaded
	 */
	public Mono<WebClient> shared(String bundle) {
		if (this.bundles == null) {
			return Mono.error(new IllegalStateException("There are no SSL bundles in this application"));
		}
		return this.bundles.shared("web client", bundle, (ssl) -> client(bundle, context(ssl)));
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

	private static WebClient client(String name, SslContext context) {
		HttpClient client = HttpClient.create(ConnectionProvider.create("loopguard-" + name))
			.secure((spec) -> spec.sslContext(context));
		// In the lane: starts the client's event loops and resolver.
		client.warmup().block();
		return WebClient.builder().clientConnector(new ReactorClientHttpConnector(client)).build();
	}

}
