package io.github.loopguard.autoconfigure.bridge.warmup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.SSLHandshakeException;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Warm-up of routes behind TLS. The certificates are for no name that a client could
 * know, and no trust store holds them.
 */
@ExtendWith(OutputCaptureExtension.class)
class WarmupTlsTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final String PASSWORD = "password";

	@TempDir
	private static Path directory;

	@BeforeAll
	static void makeKeys() throws Exception {
		makeKey("server");
		makeKey("client");
		makeKey("other");
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("client", certificate("client"));
		try (var out = Files.newOutputStream(store("trusted"))) {
			trusted.store(out, PASSWORD.toCharArray());
		}
	}

	@Test
	void warmsUpBehindTheServersKeyStore(CapturedOutput output) {
		assertThat(visits(keyStore())).hasSize(3).containsOnly("https without a client's certificate");
		assertThat(output).doesNotContain("loopguard.warmup.routes").doesNotContain("Could not warm up");
	}

	@Test
	void warmsUpBehindTheServersBundle(CapturedOutput output) {
		assertThat(visits(bundle("web", "server"), List.of("--server.ssl.bundle=web", "--server.http2.enabled=true",
				"--server.ssl.enabled-protocols=TLSv1.3")))
			.hasSize(3);
		assertThat(output).doesNotContain("Could not warm up");
	}

	@Test
	void showsTheCertificateOfTheBundleToAServerThatRequiresOne(CapturedOutput output) {
		assertThat(visits(keyStore(), clientAuth("need"), bundle("visitor", "client"),
				List.of("--loopguard.warmup.client-bundle=visitor")))
			.hasSize(3)
			.containsOnly("https CN=client.invalid");
		assertThat(output).doesNotContain("Could not warm up");
	}

	@Test
	void namesTheMissingPropertyIfTheServerRequiresACertificate(CapturedOutput output) {
		assertThat(visits(keyStore(), clientAuth("need"))).isEmpty();
		assertThat(output).contains("loopguard.warmup.routes is ignored: the server requires a client's certificate",
				"loopguard.warmup.client-bundle");
	}

	@Test
	void needsNoCertificateWhereTheServerOnlyWantsOne() {
		assertThat(visits(keyStore(), clientAuth("want"))).hasSize(3);
	}

	@Test
	void startsIfTheServerRejectsTheCertificateOfTheBundle(CapturedOutput output) {
		assertThat(visits(keyStore(), clientAuth("need"), bundle("visitor", "other"),
				List.of("--loopguard.warmup.client-bundle=visitor")))
			.isEmpty();
		assertThat(output).contains("Could not warm up [/visit] by requests to https on port");
	}

	@Test
	void trustsNoOtherCertificate() throws Exception {
		var context = LoopbackTls.context(bundle("server"), null);
		var spec = Http11SslContextSpec.forServer(bundle("other").getManagers().getKeyManagerFactory());
		DisposableServer other = HttpServer.create()
			.port(0)
			.secure((secure) -> secure.sslContext(spec))
			.handle((request, response) -> response.send())
			.bindNow();
		try {
			StepVerifier
				.create(HttpClient.newConnection()
					.port(other.port())
					.secure((secure) -> secure.sslContext(context))
					.get()
					.uri("/")
					.response())
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(SSLHandshakeException.class)
					.hasStackTraceContaining("Not the certificate of this application's own server: CN=other.invalid"))
				.verify(SOON);
		}
		finally {
			other.disposeNow();
		}
	}

	@SafeVarargs
	private static List<String> visits(List<String>... options) {
		List<String> args = new ArrayList<>(
				List.of("--server.port=0", "--loopguard.warmup.enabled=true", "--loopguard.warmup.routes=/visit"));
		for (List<String> more : options) {
			args.addAll(more);
		}
		SpringApplication application = new SpringApplication(Application.class);
		try (ConfigurableApplicationContext context = application.run(args.toArray(String[]::new))) {
			return List.copyOf(context.getBean(Visits.class).seen);
		}
	}

	private static List<String> keyStore() {
		return List.of("--server.ssl.key-store=file:" + store("server"), "--server.ssl.key-store-password=" + PASSWORD);
	}

	private static List<String> clientAuth(String clientAuth) {
		return List.of("--server.ssl.client-auth=" + clientAuth, "--server.ssl.trust-store=file:" + store("trusted"),
				"--server.ssl.trust-store-password=" + PASSWORD);
	}

	private static List<String> bundle(String name, String key) {
		String prefix = "--spring.ssl.bundle.jks." + name + ".keystore.";
		return List.of(prefix + "location=file:" + store(key), prefix + "password=" + PASSWORD);
	}

	private static SslBundle bundle(String key) throws Exception {
		return SslBundle.of(SslStoreBundle.of(load(key), PASSWORD, null), SslBundleKey.of(PASSWORD));
	}

	private static Certificate certificate(String key) throws Exception {
		return load(key).getCertificate("key");
	}

	private static KeyStore load(String key) throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(store(key))) {
			store.load(in, PASSWORD.toCharArray());
		}
		return store;
	}

	private static Path store(String key) {
		return directory.resolve(key + ".p12");
	}

	private static void makeKey(String key) throws IOException, InterruptedException {
		Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
		int status = new ProcessBuilder(keytool.toString(), "-genkeypair", "-alias", "key", "-keyalg", "EC", "-dname",
				"CN=" + key + ".invalid", "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore",
				store(key).toString())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor();
		assertThat(status).isZero();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Visits.class)
	static class Application {

	}

	@RestController
	static class Visits {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		@GetMapping("/visit")
		void visit(ServerHttpRequest request) {
			SslInfo ssl = request.getSslInfo();
			boolean known = ssl != null && ssl.getPeerCertificates() != null && ssl.getPeerCertificates().length > 0;
			this.seen.add(request.getURI().getScheme() + " " + (known
					? ssl.getPeerCertificates()[0].getSubjectX500Principal() : "without a client's certificate"));
		}

	}

}
