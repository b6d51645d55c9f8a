package io.github.loopguard.autoconfigure.bridge.warmup;

import javax.net.ssl.SSLException;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;

/**
 * TLS for requests to the application itself. It trusts the certificate of the
 * application's own server, whatever name stands in it, and no other.
 */
final class LoopbackTls {

	private LoopbackTls() {
	}

	/**
	 * Makes a client's context.
	 * @param server what the server was given
	 * @param client whose certificate to show if the server asks for one
	 */
	static SslContext context(SslBundle server, @Nullable SslBundle client) throws SSLException {
		SslContextBuilder context = SslContextBuilder.forClient()
			// OpenSSL would compare the names in spite of the trust manager.
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
