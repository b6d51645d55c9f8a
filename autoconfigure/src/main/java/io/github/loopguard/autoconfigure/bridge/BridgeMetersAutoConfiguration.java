package io.github.loopguard.autoconfigure.bridge;

import io.github.loopguard.bridge.BlockingBridge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the meters of the
 * {@link BlockingBridge}'s lanes.
 *
 * @since 0.1
 */
@AutoConfiguration
@ConditionalOnClass(MeterRegistry.class)
public final class BridgeMetersAutoConfiguration {

	BridgeMetersAutoConfiguration() {
	}

	@Bean
	BridgeMeters blockingBridgeMeters(ObjectProvider<BlockingBridge> bridge) {
		return new BridgeMeters(bridge.getIfAvailable());
	}

}
