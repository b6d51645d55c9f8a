package io.github.loopguard.autoconfigure.bridge.tls;

import io.github.loopguard.autoconfigure.bridge.BridgeAutoConfiguration;
import io.github.loopguard.bridge.BlockingBridge;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for TLS material and clients that
 * are created off the event loop. Applications that do not inject them load nothing of
 * their caches.
 *
 * @since 0.1
 */
@AutoConfiguration(after = { BridgeAutoConfiguration.class, SslAutoConfiguration.class })
public final class BridgeTlsAutoConfiguration {

	BridgeTlsAutoConfiguration() {
	}

	@Bean
	@Lazy
	@ConditionalOnBean(SslBundles.class)
	@ConditionalOnMissingBean
	LaneSslBundles laneSslBundles(SslBundles bundles, BlockingBridge bridge) {
		return new LaneSslBundles(bundles, bridge);
	}

	@Bean
	@Lazy
	@ConditionalOnClass(name = { "org.springframework.web.reactive.function.client.WebClient",
			"reactor.netty.http.client.HttpClient", "io.netty.handler.ssl.SslContext" })
	@ConditionalOnMissingBean
	LaneWebClients laneWebClients(BlockingBridge bridge, ObjectProvider<LaneSslBundles> bundles) {
		return new LaneWebClients(bridge, bundles.getIfAvailable());
	}

}
