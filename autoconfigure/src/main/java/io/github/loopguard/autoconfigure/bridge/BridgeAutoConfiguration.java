package io.github.loopguard.autoconfigure.bridge;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.LaneSpec;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the {@link BlockingBridge},
 * independent of {@code loopguard.enabled}.
 *
 * @since 0.1
 */
@AutoConfiguration
@EnableConfigurationProperties(BridgeProperties.class)
public final class BridgeAutoConfiguration {

	BridgeAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	BlockingBridge blockingBridge(BridgeProperties properties, ObjectProvider<LaneSpec> lanes) {
		return BlockingBridge.share(lanes(properties, lanes));
	}

	@Bean
	BridgeLifecycle blockingBridgeLifecycle(BlockingBridge bridge, BridgeProperties properties) {
		if (properties.shutdownTimeout().isNegative()) {
			throw new InvalidConfigurationPropertyValueException("loopguard.bridge.shutdown-timeout",
					properties.shutdownTimeout(), "It must not be negative; 0s interrupts at once.");
		}
		return new BridgeLifecycle(bridge, properties.shutdownTimeout());
	}

	private static Collection<LaneSpec> lanes(BridgeProperties properties, ObjectProvider<LaneSpec> beans) {
		Map<String, LaneSpec> lanes = new LinkedHashMap<>();
		beans.orderedStream().forEach((lane) -> lanes.put(lane.name(), lane));
		properties.lanes().forEach((name, configured) -> {
			LaneSpec defined = lanes.get(name);
			lanes.put(name, configured.applyTo((defined != null) ? defined : defaults(name)));
		});
		return lanes.values();
	}

	private static LaneSpec defaults(String name) {
		LaneSpec spec = LaneSpec.named(name);
		return name.equals(BlockingBridge.CPU_LANE) ? spec.withThreads(Runtime.getRuntime().availableProcessors())
				: spec;
	}

}
