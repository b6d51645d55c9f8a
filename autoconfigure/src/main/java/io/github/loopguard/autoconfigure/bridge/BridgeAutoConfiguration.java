package io.github.loopguard.autoconfigure.bridge;

import java.util.Map;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.EventLoopThreads;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.detect.EventLoops;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
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
		EventLoopThreads.recognizedBy(EventLoops::isCurrent);
	}

	@Bean
	@ConditionalOnMissingBean
	BlockingBridge blockingBridge(BridgeProperties properties, ObjectProvider<Map<String, LaneSpec>> lanes) {
		return BlockingBridge.share(ConfiguredLanes.of(properties, lanes.getIfAvailable(Map::of)));
	}

	@Bean
	@ConditionalOnBooleanProperty("loopguard.flight-recorder.timeline")
	LaneRecording blockingBridgeRecording() {
		return new LaneRecording();
	}

	@Bean
	BridgeLifecycle blockingBridgeLifecycle(BlockingBridge bridge, BridgeProperties properties) {
		if (properties.getShutdownTimeout().isNegative()) {
			throw new InvalidConfigurationPropertyValueException("loopguard.bridge.shutdown-timeout",
					properties.getShutdownTimeout(), "It must not be negative; 0s interrupts at once.");
		}
		return new BridgeLifecycle(bridge, properties.getShutdownTimeout());
	}

}
