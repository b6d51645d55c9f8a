package io.github.loopguard.autoconfigure.bridge.warmup;

import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import io.github.loopguard.bridge.BlockingAction;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Code that blocks the first time it runs.
 *
 * @param name name for the log
 * @param action the code
 */
record WarmupStep(String name, BlockingAction action) {

	/**
	 * Classes whose initialisers read the system's network configuration.
	 */
	private static final List<String> RESOLVER_CLASSES = List.of("io.netty.util.NetUtil",
			"io.netty.resolver.HostsFileEntriesResolver", "io.netty.resolver.DefaultAddressResolverGroup",
			"io.netty.resolver.dns.DefaultDnsServerAddressStreamProvider",
			"io.netty.resolver.dns.DnsServerAddressStreamProviders", "io.netty.resolver.dns.DnsNameResolver");

	static List<WarmupStep> known(@Nullable ClassLoader classLoader) {
		return List.of(new WarmupStep("default TLS context", SSLContext::getDefault),
				new WarmupStep("default trust managers", WarmupStep::readTrustedCertificates),
				new WarmupStep("random numbers", () -> {
					new SecureRandom().nextBytes(new byte[16]);
					UUID.randomUUID();
				}), new WarmupStep("resolver files", () -> initialise(RESOLVER_CLASSES, classLoader)));
	}

	private static void readTrustedCertificates() throws Exception {
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init((KeyStore) null);
		for (TrustManager manager : factory.getTrustManagers()) {
			if (manager instanceof X509TrustManager x509) {
				x509.getAcceptedIssuers();
			}
		}
	}

	private static void initialise(List<String> classes, @Nullable ClassLoader classLoader)
			throws ClassNotFoundException {
		for (String name : classes) {
			if (ClassUtils.isPresent(name, classLoader)) {
				Class.forName(name, true, classLoader);
			}
		}
	}

}
