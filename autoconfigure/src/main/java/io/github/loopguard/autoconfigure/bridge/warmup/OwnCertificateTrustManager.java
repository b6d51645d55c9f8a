package io.github.loopguard.autoconfigure.bridge.warmup;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;

/**
 * Trusts only the certificates that a server of this application presents: no issuer, and
 * no other certificate for the same name. The handshake proves that the server has the
 * key.
 */
final class OwnCertificateTrustManager extends X509ExtendedTrustManager {

	private static final List<String> KEY_TYPES = List.of("EC", "RSA", "RSASSA-PSS", "EdDSA", "DSA");

	private final Set<X509Certificate> trusted;

	private OwnCertificateTrustManager(Set<X509Certificate> trusted) {
		this.trusted = trusted;
	}

	/**
	 * Reads the certificates from the server's key managers, as a handshake does.
	 */
	static OwnCertificateTrustManager of(SslBundle server) {
		SSLEngine engine = server.createSslContext().createSSLEngine();
		engine.setUseClientMode(false);
		Set<X509Certificate> trusted = new HashSet<>();
		for (KeyManager manager : server.getManagers().getKeyManagers()) {
			if (manager instanceof X509KeyManager x509) {
				for (String type : KEY_TYPES) {
					String alias = alias(x509, type, engine);
					X509Certificate[] chain = (alias != null) ? x509.getCertificateChain(alias) : null;
					if (chain != null && chain.length > 0) {
						trusted.add(chain[0]);
					}
				}
			}
		}
		return new OwnCertificateTrustManager(trusted);
	}

	private static @Nullable String alias(X509KeyManager manager, String type, SSLEngine engine) {
		return (manager instanceof X509ExtendedKeyManager extended)
				? extended.chooseEngineServerAlias(type, null, engine) : manager.chooseServerAlias(type, null, null);
	}

	private void check(X509Certificate[] chain) throws CertificateException {
		if (chain.length == 0 || !this.trusted.contains(chain[0])) {
			throw new CertificateException("Not the certificate of this application's own server"
					+ ((chain.length > 0) ? ": " + chain[0].getSubjectX500Principal() : ""));
		}
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		check(chain);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		check(chain);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		check(chain);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		throw new CertificateException("Trusts no clients");
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		checkClientTrusted(chain, authType);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		checkClientTrusted(chain, authType);
	}

	@Override
	public X509Certificate[] getAcceptedIssuers() {
		return new X509Certificate[0];
	}

}
