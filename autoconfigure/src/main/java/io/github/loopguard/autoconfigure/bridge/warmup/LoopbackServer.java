package io.github.loopguard.autoconfigure.bridge.warmup;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import javax.net.ssl.SSLException;

import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.AbstractConfigurableWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerSslBundle;
import org.springframework.core.env.Environment;

/**
 * The application's own web server and its address.
 */
final class LoopbackServer {

	private final Environment environment;

	private final ObjectProvider<AbstractConfigurableWebServerFactory> factory;

	private final @Nullable SslBundle client;

	LoopbackServer(Environment environment, ObjectProvider<AbstractConfigurableWebServerFactory> factory,
			@Nullable SslBundle client) {
		this.environment = environment;
		this.factory = factory;
		this.client = client;
	}

	/**
	 * Returns why the server cannot be reached, {@code null} if it can.
	 */
	@Nullable String unreachableReason() {
		if (port() == null) {
			return "this application runs no web server";
		}
		Ssl ssl = ssl();
		if (ssl != null && ssl.getClientAuth() == Ssl.ClientAuth.NEED && this.client == null) {
			return "the server requires a client's certificate (server.ssl.client-auth=need). Name an SSL bundle"
					+ " with one that it trusts by loopguard.warmup.client-bundle";
		}
		return null;
	}

	/**
	 * Returns a client of the server. Blocks, because it reads certificates.
	 */
	HttpClient client(ConnectionProvider connections) throws SSLException {
		Integer port = port();
		HttpClient plain = HttpClient.create(connections)
			.remoteAddress(() -> new InetSocketAddress(host(), (port != null) ? port : 0));
		Ssl ssl = ssl();
		if (ssl == null) {
			return plain;
		}
		SslContext context = LoopbackTls.context(WebServerSslBundle.get(ssl, bundles()), this.client);
		return plain.secure((spec) -> spec.sslContext(context));
	}

	@Override
	public String toString() {
		return ((ssl() != null) ? "https" : "http") + " on port " + port();
	}

	private @Nullable Integer port() {
		return this.environment.getProperty("local.server.port", Integer.class);
	}

	private InetAddress host() {
		AbstractConfigurableWebServerFactory server = this.factory.getIfUnique();
		InetAddress address = (server != null) ? server.getAddress() : null;
		return (address != null && !address.isAnyLocalAddress()) ? address : InetAddress.getLoopbackAddress();
	}

	private @Nullable Ssl ssl() {
		AbstractConfigurableWebServerFactory server = this.factory.getIfUnique();
		Ssl ssl = (server != null) ? server.getSsl() : null;
		return Ssl.isEnabled(ssl) ? ssl : null;
	}

	private @Nullable SslBundles bundles() {
		AbstractConfigurableWebServerFactory server = this.factory.getIfUnique();
		return (server != null) ? server.getSslBundles() : null;
	}

}
