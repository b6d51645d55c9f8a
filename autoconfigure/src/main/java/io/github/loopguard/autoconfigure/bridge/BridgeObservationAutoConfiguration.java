package io.github.loopguard.autoconfigure.bridge;

import io.github.loopguard.bridge.BlockingBridge;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for observations of work that runs
 * on the {@link BlockingBridge}.
 *
 * @since 0.1
 */
@AutoConfiguration(after = BridgeAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({ BlockingBridge.class, ObservationRegistry.class })
public final class BridgeObservationAutoConfiguration {

	BridgeObservationAutoConfiguration() {
	}

	@Bean
	SmartInitializingSingleton observedBlockingBridge(BlockingBridge bridge, ObservationRegistry registry,
			BridgeProperties properties) {
		return () -> bridge.decorate(new BridgeObservation(registry, properties.isObserveCalls()));
	}

}
