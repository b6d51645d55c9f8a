package io.github.loopguard.autoconfigure.bridge.tls;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import javax.net.ssl.SSLContext;

import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import reactor.core.Disposable;
import reactor.core.Disposables;
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

	private final ConcurrentHashMap<String, Version> versions = new ConcurrentHashMap<>();

	private final SslBundles bundles;

	private final Lane lane;

	/**
	 * Creates a view of the bundles.
	 * @param bundles the application's bundles
	 * @param lane where TLS material is created
	 */
	public LaneSslBundles(SslBundles bundles, Lane lane) {
		this.bundles = bundles;
		this.lane = lane;
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
	 * Returns other material of a bundle. If it is a {@link Disposable}, it is disposed
	 * of when the bundle is reloaded.
	 * @param kind name of its kind; each kind is created once for each version of each
	 * bundle
	 * @param bundle name of the bundle
	 * @param factory creates it, in the lane
	 * @param <T> its type
	 * @return the material, or {@link NoSuchSslBundleException}
	 */
	<T> Mono<T> shared(String kind, String bundle, Function<SslBundle, T> factory) {
		return Mono.defer(() -> {
			Version version = this.versions.computeIfAbsent(bundle, this::firstVersion);
			return version.material.shared(kind, () -> {
				T created = factory.apply(this.bundles.getBundle(bundle));
				if (created instanceof Disposable disposable) {
					version.disposables.add(disposable);
				}
				return created;
			});
		});
	}

	private Version firstVersion(String bundle) {
		this.bundles.addBundleUpdateHandler(bundle, (reloaded) -> {
			Version outdated = this.versions.put(bundle, new Version(this.lane));
			if (outdated != null) {
				outdated.disposables.dispose();
			}
		});
		return new Version(this.lane);
	}

	/**
	 * The material of a version of a bundle; forgotten as a whole when the bundle is
	 * reloaded.
	 */
	private static final class Version {

		private final Disposable.Composite disposables = Disposables.composite();

		private final LaneTls material;

		private Version(Lane lane) {
			this.material = LaneTls.in(lane);
		}

	}

}
