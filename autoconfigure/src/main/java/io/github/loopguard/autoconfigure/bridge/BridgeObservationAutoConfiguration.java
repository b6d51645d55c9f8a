package io.github.loopguard.autoconfigure.bridge;

import io.github.loopguard.bridge.BlockingBridge;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for observations of work that runs
 * on the {@link BlockingBridge}.
 *
 * @since 0.1
 */
@AutoConfiguration
@ConditionalOnClass(ObservationRegistry.class)
public final class BridgeObservationAutoConfiguration {

	BridgeObservationAutoConfiguration() {
	}

	@Bean
	SmartInitializingSingleton observedBlockingBridge(ObjectProvider<BlockingBridge> bridge,
			ObjectProvider<ObservationRegistry> registry, ObjectProvider<BridgeProperties> properties) {
		boolean all = properties.getIfAvailable(BridgeProperties::new).isObserveCalls();
		return () -> registry.ifAvailable((it) -> {
			BridgeObservation observation = new BridgeObservation(it, all);
			bridge.stream().forEach((each) -> each.decorate(observation));
		});
	}

}
