package io.github.loopguard.autoconfigure.bridge.tls;

import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLPeerUnverifiedException;

import io.github.loopguard.autoconfigure.bridge.BridgeAutoConfiguration;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reload of an SSL bundle, seen by a server that answers with the name in the client's
 * certificate.
 */
class BridgeTlsReloadTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final String PASSWORD = "password";

	@TempDir
	private static Path directory;

	private static SslBundle server;

	private static SslBundle first;

	private static SslBundle second;

	private final Map<Channel, String> connected = new ConcurrentHashMap<>();

	private final Sinks.Empty<Void> release = Sinks.empty();

	private final DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry("shop", first);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withBean(DefaultSslBundleRegistry.class, () -> this.bundles)
		.withConfiguration(AutoConfigurations.of(BridgeAutoConfiguration.class, BridgeTlsAutoConfiguration.class));

	private DisposableServer https;

	@BeforeAll
	static void makeBundles() throws Exception {
		KeyStore trusted = makeKey("server");
		server = SslBundle.of(SslStoreBundle.of(trusted, PASSWORD, null), SslBundleKey.of(PASSWORD));
		first = SslBundle.of(SslStoreBundle.of(makeKey("first"), PASSWORD, trusted), SslBundleKey.of(PASSWORD));
		second = SslBundle.of(SslStoreBundle.of(makeKey("second"), PASSWORD, trusted), SslBundleKey.of(PASSWORD));
	}

	@BeforeEach
	void startServer() throws Exception {
		SslContext context = SslContextBuilder.forServer(server.getManagers().getKeyManagerFactory())
			.trustManager(InsecureTrustManagerFactory.INSTANCE)
			.clientAuth(ClientAuth.REQUIRE)
			.build();
		this.https = HttpServer.create()
			.port(0)
			.secure((spec) -> spec.sslContext(context))
			.route((routes) -> routes
				.get("/now", (request, response) -> response.sendString(Mono.just(clientName(request))))
				.get("/later",
						(request, response) -> response
							.sendString(this.release.asMono().then(Mono.just(clientName(request))))))
			.bindNow();
	}

	@AfterEach
	void stopServer() {
		this.https.disposeNow();
	}

	@Test
	void requestsUseTheNewCertificateAndThoseInFlightFinish() {
		this.contextRunner.run((context) -> {
			LaneWebClients clients = context.getBean(LaneWebClients.class);
			WebClient kept = clients.shared("shop").block(SOON);
			assertThat(get(kept, "/now").block(SOON)).isEqualTo("CN=first");
			PooledConnector outdated = clients.connector("shop").block(SOON);
			Mono<String> inFlight = get(kept, "/later").cache();
			inFlight.subscribe();
			Awaitility.await().untilAsserted(() -> assertThat(this.release.currentSubscriberCount()).isEqualTo(1));
			this.bundles.updateBundle("shop", second);
			assertThat(get(clients.shared("shop").block(SOON), "/now").block(SOON)).isEqualTo("CN=second");
			assertThat(get(kept, "/now").block(SOON)).isEqualTo("CN=second");
			assertThat(outdated.isDisposed()).isFalse();
			this.release.tryEmitEmpty().orThrow();
			assertThat(inFlight.block(SOON)).isEqualTo("CN=first");
			Awaitility.await().atMost(SOON).until(outdated::isDisposed);
			assertThat(clients.connector("shop").block(SOON).isDisposed()).isFalse();
			Awaitility.await()
				.atMost(SOON)
				.untilAsserted(() -> assertThat(this.connected.values()).containsOnly("CN=second"));
		});
	}

	@Test
	void noRequestFailsWhileTheBundleIsReloaded() {
		this.contextRunner.run((context) -> {
			WebClient client = context.getBean(LaneWebClients.class).shared("shop").block(SOON);
			StepVerifier.create(Flux.range(0, 300).flatMap((i) -> {
				if (i % 30 == 0) {
					this.bundles.updateBundle("shop", (i % 60 == 0) ? second : first);
				}
				return get(client, "/now");
			}, 8).distinct().sort()).expectNext("CN=first", "CN=second").expectComplete().verify(SOON);
		});
	}

	@Test
	void nothingIsLeftOfFiftyReloads() {
		this.contextRunner.run((context) -> {
			LaneWebClients clients = context.getBean(LaneWebClients.class);
			LaneSslBundles material = context.getBean(LaneSslBundles.class);
			List<PooledConnector> connectors = new ArrayList<>();
			List<WeakReference<Object>> contexts = new ArrayList<>();
			for (int i = 0; i < 50; i++) {
				assertThat(get(clients.shared("shop").block(SOON), "/now").block(SOON)).isEqualTo("CN=first");
				connectors.add(clients.connector("shop").block(SOON));
				contexts.add(new WeakReference<>(material.context("shop").block(SOON)));
				this.bundles.updateBundle("shop", first);
			}
			Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(this.connected).isEmpty());
			assertThat(connectors).doesNotHaveDuplicates().allMatch(PooledConnector::isDisposed);
			Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(alive(contexts)).isZero());
		});
	}

	private Mono<String> get(WebClient client, String path) {
		return client.get().uri("https://localhost:" + this.https.port() + path).retrieve().bodyToMono(String.class);
	}

	private static long alive(List<WeakReference<Object>> references) {
		System.gc();
		return references.stream().filter((reference) -> reference.get() != null).count();
	}

	private String clientName(HttpServerRequest request) {
		AtomicReference<String> name = new AtomicReference<>();
		request.withConnection((connection) -> {
			Channel channel = connection.channel();
			name.set(principal(channel));
			if (this.connected.putIfAbsent(channel, name.get()) == null) {
				channel.closeFuture().addListener((closed) -> this.connected.remove(channel));
			}
		});
		return name.get();
	}

	private static String principal(Channel channel) {
		try {
			return channel.pipeline().get(SslHandler.class).engine().getSession().getPeerPrincipal().getName();
		}
		catch (SSLPeerUnverifiedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static KeyStore makeKey(String name) throws Exception {
		Path file = directory.resolve(name + ".p12");
		Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
		int status = new ProcessBuilder(keytool.toString(), "-genkeypair", "-alias", "key", "-keyalg", "EC", "-dname",
				"CN=" + name, "-ext", "san=dns:localhost", "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore",
				file.toString())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor();
		assertThat(status).isZero();
		return load(file);
	}

	private static KeyStore load(Path file) throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			store.load(in, PASSWORD.toCharArray());
		}
		return store;
	}

}
