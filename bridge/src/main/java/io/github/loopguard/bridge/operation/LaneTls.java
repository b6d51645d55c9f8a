package io.github.loopguard.bridge.operation;

import java.io.InputStream;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneCache;

/**
 * Creates TLS material in a lane, because its creation reads files and certificates. Each
 * is created once and shared by all callers. A failed attempt is repeated.
 *
 * @since 0.1
 */
public final class LaneTls {

	private static final Duration FOREVER = Duration.ofDays(365_000);

	private final LaneCache<SharedMaterial<?>, Object> material;

	private LaneTls(Lane lane) {
		this.material = new LaneCache<>(lane, (shared) -> shared.factory().call(), FOREVER, Duration.ZERO);
	}

	/**
	 * Returns the TLS operations of a lane; reuse them, since they share the material.
	 * @param lane where the material is created
	 * @return the operations
	 */
	public static LaneTls in(Lane lane) {
		return new LaneTls(lane);
	}

	/**
	 * Returns the JVM's default context, its trust store read.
	 * @return the context
	 */
	public Mono<SSLContext> defaultContext() {
		return shared("default", SSLContext::getDefault);
	}

	/**
	 * Returns a key store read from a file.
	 * @param file the file
	 * @param type its type, such as {@code PKCS12}
	 * @param password its password, {@code null} for none
	 * @return the key store; must not change, since it is shared
	 */
	public Mono<KeyStore> keyStore(Path file, String type, char @Nullable [] password) {
		char @Nullable [] secret = (password != null) ? password.clone() : null;
		CharBuffer opens = CharBuffer.wrap((secret != null) ? secret : new char[0]);
		return material(List.of("key store", type, file.toAbsolutePath(), opens), () -> {
			KeyStore store = KeyStore.getInstance(type);
			try (InputStream content = Files.newInputStream(file)) {
				store.load(content, secret);
			}
			return store;
		});
	}

	/**
	 * Returns a context with the given keys and trusted certificates.
	 * @param name name under which it is shared; the first caller's is created
	 * @param keys provides the key store, run in the lane; {@code null} for no keys
	 * @param password password of the keys, {@code null} for none
	 * @param trusted provides the trust store, run in the lane; {@code null} for the
	 * JVM's
	 * @return the context
	 */
	public Mono<SSLContext> context(String name, @Nullable Callable<KeyStore> keys, char @Nullable [] password,
			@Nullable Callable<KeyStore> trusted) {
		char @Nullable [] secret = (password != null) ? password.clone() : null;
		return shared("context " + name, () -> {
			KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keyManagers.init((keys != null) ? keys.call() : null, secret);
			TrustManagerFactory trustManagers = TrustManagerFactory
				.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trustManagers.init((trusted != null) ? trusted.call() : null);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
			return context;
		});
	}

	/**
	 * Returns other material that is expensive to create, such as a Netty
	 * {@code SslContext}.
	 * @param name name under which it is shared; the first caller's is created
	 * @param factory creates it, in the lane
	 * @param <T> its type
	 * @return the material
	 */
	public <T> Mono<T> shared(String name, Callable<? extends T> factory) {
		return material(name, factory);
	}

	@SuppressWarnings("unchecked")
	private <T> Mono<T> material(Object key, Callable<? extends T> factory) {
		return this.material.get(new SharedMaterial<>(key, factory)).map((material) -> (T) material);
	}

	/**
	 * The key and the factory of the material; equal by key.
	 */
	private record SharedMaterial<T>(Object key, Callable<? extends T> factory) {

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof SharedMaterial<?> shared && shared.key.equals(this.key);
		}

		@Override
		public int hashCode() {
			return this.key.hashCode();
		}

	}

}
