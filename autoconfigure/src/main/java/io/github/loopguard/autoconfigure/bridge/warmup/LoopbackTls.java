package io.github.loopguard.autoconfigure.bridge.warmup;

import javax.net.ssl.SSLException;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;

/**
 * TLS for requests to the application itself. It trusts only the certificate of the
 * application's own server, whatever name it contains.
 */
final class LoopbackTls {

	private LoopbackTls() {
	}

	/**
	 * Creates a client's context.
	 * @param server bundle of the server
	 * @param client bundle with the certificate that the server may require
	 */
	static SslContext context(SslBundle server, @Nullable SslBundle client) throws SSLException {
		SslContextBuilder context = SslContextBuilder.forClient()
			// OpenSSL compares the names despite the trust manager.
			.sslProvider(SslProvider.JDK)
			.endpointIdentificationAlgorithm(null)
			.protocols(server.getOptions().getEnabledProtocols())
			.trustManager(OwnCertificateTrustManager.of(server));
		if (client != null) {
			context.keyManager(client.getManagers().getKeyManagerFactory());
		}
		return context.build();
	}

}
