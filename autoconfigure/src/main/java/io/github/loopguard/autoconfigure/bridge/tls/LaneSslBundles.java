package io.github.loopguard.autoconfigure.bridge.tls;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import javax.net.ssl.SSLContext;

import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import reactor.core.publisher.Mono;

import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.operation.LaneTls;

/**
 * Spring Boot's SSL bundles for reactive code: the TLS material of a bundle is created
 * once, in a lane, and shared until the bundle is reloaded.
 *
 * @since 0.1
 */
public final class LaneSslBundles {

	private final ConcurrentHashMap<String, AtomicInteger> versions = new ConcurrentHashMap<>();

	private final SslBundles bundles;

	private final LaneTls tls;

	/**
	 * Creates a view of the bundles.
	 * @param bundles the application's bundles
	 * @param lane where TLS material is created
	 */
	public LaneSslBundles(SslBundles bundles, Lane lane) {
		this.bundles = bundles;
		this.tls = LaneTls.in(lane);
	}

	/**
	 * Returns the context of a bundle.
	 * @param bundle name of the bundle
	 * @return its context, or {@link NoSuchSslBundleException}
	 */
	public Mono<SSLContext> context(String bundle) {
		return shared("context", bundle, SslBundle::createSslContext);
	}

	/**
	 * Returns other material of a bundle.
	 * @param kind name of its kind; each kind is created once for each bundle
	 * @param bundle name of the bundle
	 * @param factory creates it, in the lane
	 * @param <T> its type
	 * @return the material, or {@link NoSuchSslBundleException}
	 */
	<T> Mono<T> shared(String kind, String bundle, Function<SslBundle, T> factory) {
		return Mono.defer(() -> this.tls.shared(kind + " of " + bundle + " #" + version(bundle),
				() -> factory.apply(this.bundles.getBundle(bundle))));
	}

	private int version(String bundle) {
		return this.versions.computeIfAbsent(bundle, this::trackVersion).get();
	}

	private AtomicInteger trackVersion(String bundle) {
		AtomicInteger version = new AtomicInteger();
		if (Set.copyOf(this.bundles.getBundleNames()).contains(bundle)) {
			this.bundles.addBundleUpdateHandler(bundle, (reloaded) -> version.incrementAndGet());
		}
		return version;
	}

}
