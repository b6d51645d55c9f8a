package io.github.loopguard.autoconfigure.bridge.warmup;

import java.util.List;

import io.github.loopguard.autoconfigure.bridge.BridgeAutoConfiguration;
import io.github.loopguard.bridge.BlockingBridge;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.AbstractConfigurableWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the warm-up.
 *
 * @since 0.1
 */
@AutoConfiguration(after = { BridgeAutoConfiguration.class, SslAutoConfiguration.class })
@ConditionalOnBooleanProperty("loopguard.warmup.enabled")
@EnableConfigurationProperties(WarmupProperties.class)
public final class WarmupAutoConfiguration {

	WarmupAutoConfiguration() {
	}

	@Bean
	WarmupRunner warmupRunner(BlockingBridge bridge, WarmupProperties properties,
			ObjectProvider<LoopbackWarmup> loopback) {
		properties.check();
		return new WarmupRunner(bridge, properties, loopback.getIfAvailable());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HttpClient.class, AbstractConfigurableWebServerFactory.class })
	@ConditionalOnWebApplication
	static class LoopbackConfiguration {

		@Bean
		LoopbackWarmup loopbackWarmup(WarmupProperties properties, Environment environment,
				ObjectProvider<AbstractConfigurableWebServerFactory> factory, ObjectProvider<SslBundles> bundles) {
			SslBundle client = client(properties.clientBundle(), bundles.getIfAvailable());
			return new LoopbackWarmup(new LoopbackServer(environment, factory, client), properties);
		}

		private static @Nullable SslBundle client(@Nullable String name, @Nullable SslBundles bundles) {
			if (name == null) {
				return null;
			}
			List<String> known = (bundles != null) ? bundles.getBundleNames() : List.of();
			if (bundles == null || !known.contains(name)) {
				throw new InvalidConfigurationPropertyValueException("loopguard.warmup.client-bundle", name,
						"There is no such SSL bundle, only " + known + ". Define it by spring.ssl.bundle.pem." + name
								+ " or spring.ssl.bundle.jks." + name + ".");
			}
			return bundles.getBundle(name);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "jdk.jfr.consumer.RecordingStream")
	static class ReportConfiguration {

		@Bean
		ColdStartRecorder coldStartRecorder(WarmupProperties properties) {
			return new ColdStartRecorder(properties.reportAfter());
		}

	}

}
