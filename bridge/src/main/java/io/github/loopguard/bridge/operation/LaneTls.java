package io.github.loopguard.bridge.operation;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneCache;

/**
 * TLS material, which reads files and certificates when it is made: made once in a lane
 * and shared by all who ask, also by those who ask at the same time. What could not be
 * made is tried again.
 *
 * @since 0.1
 */
public final class LaneTls {

	private static final Duration FOR_EVER = Duration.ofDays(365_000);

	private final LaneCache<Recipe<?>, Object> made;

	private LaneTls(Lane lane) {
		this.made = new LaneCache<>(lane, (recipe) -> recipe.maker().call(), FOR_EVER, Duration.ZERO);
	}

	/**
	 * Returns a workshop that shares what it makes; keep it rather than asking for one
	 * each time.
	 * @param lane where the material is made
	 * @return the workshop
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
	 * @return the key store; not to be changed, since it is shared
	 */
	public Mono<KeyStore> keyStore(Path file, String type, char @Nullable [] password) {
		char @Nullable [] secret = (password != null) ? password.clone() : null;
		return shared("key store " + type + " " + file.toAbsolutePath(), () -> {
			KeyStore store = KeyStore.getInstance(type);
			try (InputStream content = Files.newInputStream(file)) {
				store.load(content, secret);
			}
			return store;
		});
	}

	/**
	 * Returns a context with keys and trusted certificates of one's own.
	 * @param name what it is shared under: the first to ask under a name makes it
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
			KeyManagerFactory keyManagers = null;
			if (keys != null) {
				keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
				keyManagers.init(keys.call(), secret);
			}
			TrustManagerFactory trustManagers = TrustManagerFactory
				.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trustManagers.init((trusted != null) ? trusted.call() : null);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init((keyManagers != null) ? keyManagers.getKeyManagers() : null, trustManagers.getTrustManagers(),
					null);
			return context;
		});
	}

	/**
	 * Returns whatever else is expensive to make and good to share, such as a Netty
	 * {@code SslContext}.
	 * @param name what it is shared under: the first to ask under a name makes it
	 * @param maker makes it, in the lane
	 * @param <T> its type
	 * @return the material
	 */
	@SuppressWarnings("unchecked")
	public <T> Mono<T> shared(String name, Callable<? extends T> maker) {
		return this.made.get(new Recipe<>(name, maker)).map((material) -> (T) material);
	}

	/**
	 * A name with what makes the thing of that name; equal by name.
	 */
	private record Recipe<T>(String name, Callable<? extends T> maker) {

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Recipe<?> recipe && recipe.name.equals(this.name);
		}

		@Override
		public int hashCode() {
			return Objects.hashCode(this.name);
		}

	}

}
