package com.example.conformance;

import java.io.FileInputStream;
import java.io.IOException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.stereotype.Component;

/**
 * Loads keys and certificates.
 */
@Component
class TlsOperations implements Operations {

	private final TlsMaterial material;

	TlsOperations(TlsMaterial material) {
		this.material = material;
	}

	@Blocks(rule = "tls-default-trust", api = "javax.net.ssl.SSLContext.getDefault", once = true)
	void sslContextGetDefault() throws Exception {
		SSLContext.getDefault();
	}

	@Blocks(rule = "tls-default-trust", api = "javax.net.ssl.TrustManagerFactory.init")
	void trustManagerFactoryInit() throws Exception {
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init((KeyStore) null);
	}

	FileInputStream store() throws IOException {
		return new FileInputStream(this.material.store().toFile());
	}

	FileInputStream certificate() throws IOException {
		return new FileInputStream(this.material.certificate().toFile());
	}

	@Blocks(rule = "tls-key-material", api = "java.security.KeyStore.load", given = "store")
	void keyStoreLoad(FileInputStream stream) throws Exception {
		KeyStore keyStore = KeyStore.getInstance("PKCS12");
		keyStore.load(stream, TlsMaterial.PASSWORD.toCharArray());
	}

	@Blocks(rule = "tls-key-material", api = "java.security.KeyStore.getInstance")
	void keyStoreGetInstance() throws Exception {
		KeyStore.getInstance(this.material.store().toFile(), TlsMaterial.PASSWORD.toCharArray());
	}

	@Blocks(rule = "tls-trust-material", api = "java.security.cert.CertificateFactory.generateCertificate",
			given = "certificate")
	void generateCertificate(FileInputStream stream) throws Exception {
		CertificateFactory.getInstance("X.509").generateCertificate(stream);
	}

	@Blocks(rule = "tls-trust-material", api = "java.security.cert.CertificateFactory.generateCertificates",
			given = "certificate")
	void generateCertificates(FileInputStream stream) throws Exception {
		CertificateFactory.getInstance("X.509").generateCertificates(stream);
	}

	JksSslStoreBundle jks() {
		JksSslStoreDetails details = new JksSslStoreDetails("PKCS12", null, "file:" + this.material.store(),
				TlsMaterial.PASSWORD);
		return new JksSslStoreBundle(details, details);
	}

	@Blocks(rule = "tls-key-material", api = "org.springframework.boot.ssl.jks.JksSslStoreBundle.getKeyStore",
			given = "jks")
	void jksKeyStore(JksSslStoreBundle bundle) {
		bundle.getKeyStore();
	}

	@Blocks(rule = "tls-trust-material", api = "org.springframework.boot.ssl.jks.JksSslStoreBundle.getTrustStore",
			given = "jks")
	void jksTrustStore(JksSslStoreBundle bundle) {
		bundle.getTrustStore();
	}

	PemSslStoreBundle pem() {
		PemSslStoreDetails details = PemSslStoreDetails.forCertificate("file:" + this.material.certificate())
			.withPrivateKey("file:" + this.material.key());
		return new PemSslStoreBundle(details, details);
	}

	@Blocks(rule = "tls-key-material", api = "org.springframework.boot.ssl.pem.PemSslStoreBundle.getKeyStore",
			given = "pem")
	void pemKeyStore(PemSslStoreBundle bundle) {
		bundle.getKeyStore();
	}

	@Blocks(rule = "tls-trust-material", api = "org.springframework.boot.ssl.pem.PemSslStoreBundle.getTrustStore",
			given = "pem")
	void pemTrustStore(PemSslStoreBundle bundle) {
		bundle.getTrustStore();
	}

}
