package com.example.shop.operation;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import com.example.shop.ShopFiles;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.web.bind.annotation.PostMapping;
import reactor.core.publisher.Mono;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.operation.LaneTls;

/**
 * Loads trusted certificates and keys.
 */
@Area(name = "TLS")
class TlsOperations {

	private static final char[] PASSWORD = "changeit".toCharArray();

	private final ShopFiles files;

	private final BlockingBridge bridge;

	private final LaneTls laneTls;

	TlsOperations(ShopFiles files, BlockingBridge bridge) {
		this.files = files;
		this.bridge = bridge;
		this.laneTls = LaneTls.in(bridge);
	}

	@PostMapping("/ssl-context/blocking")
	@Blocks(api = "SSLContext.init(null, null, null)", rule = "tls-default-trust")
	String sslContext() throws GeneralSecurityException {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, null, null);
		return context.getProtocol();
	}

	@PostMapping("/ssl-context/fixed")
	Mono<String> sslContextFixed() {
		// Made once, off the loop, and shared by all who ask.
		return this.laneTls.defaultContext().map(SSLContext::getProtocol);
	}

	@PostMapping("/trust-manager-factory/blocking")
	@Blocks(api = "TrustManagerFactory.init((KeyStore) null)", rule = "tls-default-trust")
	String trustManagerFactory() throws GeneralSecurityException {
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init((KeyStore) null);
		return factory.getTrustManagers().length + " trust manager";
	}

	@PostMapping("/trust-manager-factory/fixed")
	Mono<String> trustManagerFactoryFixed() {
		return this.laneTls.shared("default-trust", () -> {
			TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			factory.init((KeyStore) null);
			return factory;
		}).map((factory) -> factory.getTrustManagers().length + " trust manager");
	}

	@PostMapping("/certificate-factory/blocking")
	@Blocks(api = "CertificateFactory.generateCertificate(stream)", rule = "tls-trust-material")
	String certificateFactory() throws GeneralSecurityException, IOException {
		CertificateFactory factory = CertificateFactory.getInstance("X.509");
		try (InputStream in = new FileInputStream(this.files.path("shop-certificate.pem").toFile())) {
			return factory.generateCertificate(in).getType();
		}
	}

	@PostMapping("/certificate-factory/fixed")
	Mono<String> certificateFactoryFixed() {
		return this.bridge.call(() -> {
			CertificateFactory factory = CertificateFactory.getInstance("X.509");
			try (InputStream in = new FileInputStream(this.files.path("shop-certificate.pem").toFile())) {
				return factory.generateCertificate(in).getType();
			}
		});
	}

	@PostMapping("/trust-store-bundle/blocking")
	@Blocks(api = "SslStoreBundle.getTrustStore()", rule = "tls-trust-material")
	String trustStoreBundle() throws GeneralSecurityException {
		JksSslStoreDetails trust = JksSslStoreDetails.forLocation("file:" + this.files.path("shop.p12"))
			.withPassword("changeit");
		return new JksSslStoreBundle(null, trust).getTrustStore().size() + " entry";
	}

	@PostMapping("/trust-store-bundle/fixed")
	Mono<String> trustStoreBundleFixed() {
		JksSslStoreDetails trust = JksSslStoreDetails.forLocation("file:" + this.files.path("shop.p12"))
			.withPassword("changeit");
		return this.bridge.call(() -> new JksSslStoreBundle(null, trust).getTrustStore().size() + " entry");
	}

	@PostMapping("/key-store-load/blocking")
	@Blocks(api = "KeyStore.load(stream, password)", rule = "tls-key-material")
	String keyStoreLoad() throws GeneralSecurityException, IOException {
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = new FileInputStream(this.files.path("shop.p12").toFile())) {
			keys.load(in, PASSWORD);
		}
		return keys.size() + " key";
	}

	@PostMapping("/key-store-load/fixed")
	Mono<String> keyStoreLoadFixed() {
		return this.laneTls.keyStore(this.files.path("shop.p12"), "PKCS12", PASSWORD).flatMap(TlsOperations::size);
	}

	@PostMapping("/key-store-instance/blocking")
	@Blocks(api = "KeyStore.getInstance(file, password)", rule = "tls-key-material")
	String keyStoreInstance() throws GeneralSecurityException, IOException {
		return KeyStore.getInstance(this.files.path("shop.p12").toFile(), PASSWORD).size() + " key";
	}

	@PostMapping("/key-store-instance/fixed")
	Mono<String> keyStoreInstanceFixed() {
		return this.laneTls.keyStore(this.files.path("shop.p12"), "PKCS12", PASSWORD).flatMap(TlsOperations::size);
	}

	@PostMapping("/pem-bundle/blocking")
	@Blocks(api = "new PemSslStoreBundle(keys, trust)", rule = "tls-key-material")
	String pemBundle() throws GeneralSecurityException {
		PemSslStoreDetails keys = PemSslStoreDetails.forCertificate("file:" + this.files.path("shop-certificate.pem"))
			.withPrivateKey("file:" + this.files.path("shop-key.pem"));
		return new PemSslStoreBundle(keys, null).getKeyStore().size() + " key";
	}

	@PostMapping("/pem-bundle/fixed")
	Mono<String> pemBundleFixed() {
		PemSslStoreDetails keys = PemSslStoreDetails.forCertificate("file:" + this.files.path("shop-certificate.pem"))
			.withPrivateKey("file:" + this.files.path("shop-key.pem"));
		return this.bridge.call(() -> new PemSslStoreBundle(keys, null).getKeyStore().size() + " key");
	}

	private static Mono<String> size(KeyStore keys) {
		return Mono.fromCallable(() -> keys.size() + " key");
	}

}
