package io.github.loopguard.autoconfigure.bridge.tls;

import io.github.loopguard.autoconfigure.bridge.BridgeAutoConfiguration;
import io.github.loopguard.bridge.BlockingBridge;
import io.netty.handler.ssl.SslContext;
import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.web.reactive.function.client.WebClient;

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

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(SslBundles.class)
	static class BundlesConfiguration {

		@Bean
		@Lazy
		@ConditionalOnMissingBean
		LaneSslBundles laneSslBundles(SslBundles bundles, BlockingBridge bridge) {
			return new LaneSslBundles(bundles, bridge);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ WebClient.class, HttpClient.class, SslContext.class })
	static class WebClientConfiguration {

		@Bean
		@Lazy
		@ConditionalOnMissingBean
		LaneWebClients laneWebClients(BlockingBridge bridge, ObjectProvider<LaneSslBundles> bundles) {
			return new LaneWebClients(bridge, bundles.getIfAvailable());
		}

	}

}
