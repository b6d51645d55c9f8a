package io.github.loopguard.autoconfigure.bridge.warmup;

import io.github.loopguard.autoconfigure.bridge.BridgeAutoConfiguration;
import io.github.loopguard.bridge.BlockingBridge;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the warm-up.
 *
 * @since 0.1
 */
@AutoConfiguration(after = BridgeAutoConfiguration.class)
@ConditionalOnBooleanProperty("loopguard.warmup.enabled")
@EnableConfigurationProperties(WarmupProperties.class)
public final class WarmupAutoConfiguration {

	WarmupAutoConfiguration() {
	}

	@Bean
	WarmupRunner warmupRunner(BlockingBridge bridge, WarmupProperties properties, Environment environment) {
		return new WarmupRunner(bridge, properties, environment);
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
