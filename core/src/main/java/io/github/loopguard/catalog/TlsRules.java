package io.github.loopguard.catalog;

import java.util.List;

import static io.github.loopguard.catalog.RuleBuilder.rule;

/**
 * Rules for TLS material: certificates and keys read from files.
 */
final class TlsRules {

	private TlsRules() {
	}

	static List<RuleDefinition> definitions() {
		return List.of(defaultTrust(), trustMaterial(), keyMaterial());
	}

	private static RuleDefinition defaultTrust() {
		return rule("tls-default-trust", "Loading the default trust store").documentedAs("load_default_certs")
			.fix("bridge.call(() -> SSLContext.getDefault()) once, and share the TLS context")
			.entry("javax.net.ssl.SSLContext", "getDefault", "init")
			.entry("javax.net.ssl.TrustManagerFactory", "init")
			.descriptor("(Ljava/security/KeyStore;)V")
			.entry("javax.net.ssl.SSLSocketFactory", "getDefault")
			.leaf("sun.security.ssl.TrustStoreManager$TrustAnchorManager", "loadKeyStore")
			.build();
	}

	private static RuleDefinition trustMaterial() {
		return rule("tls-trust-material", "Loading trusted certificates").documentedAs("load_verify_locations")
			.fix("bridge.call(() -> factory.generateCertificates(in)) once, and share the TLS context")
			.entry("java.security.cert.CertificateFactory", "generateCertificate", "generateCertificates",
					"generateCRL", "generateCRLs", "generateCertPath")
			.libraryEntry("org.springframework.boot.ssl.jks.JksSslStoreBundle", "getTrustStore")
			.libraryEntry("org.springframework.boot.ssl.pem.PemSslStoreBundle", "getTrustStore")
			.build();
	}

	private static RuleDefinition keyMaterial() {
		return rule("tls-key-material", "Loading a key store").documentedAs("load_cert_chain")
			.fix("bridge.call(() -> KeyStore.getInstance(file, password)) once, and share the TLS context")
			.throwSafeEntry("java.security.KeyStore", "load")
			.throwSafeEntry("java.security.KeyStore", "getInstance")
			.descriptor("(Ljava/io/File;[C)Ljava/security/KeyStore;")
			.throwSafeEntry("java.security.KeyStore", "getInstance")
			.descriptor("(Ljava/io/File;Ljava/security/KeyStore$LoadStoreParameter;)Ljava/security/KeyStore;")
			.libraryEntry("org.springframework.boot.ssl.jks.JksSslStoreBundle", "getKeyStore")
			.libraryEntry("org.springframework.boot.ssl.pem.PemSslStoreBundle", "getKeyStore")
			.libraryEntry("org.springframework.boot.ssl.pem.PemContent", "load")
			.build();
	}

}
