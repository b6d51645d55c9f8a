package io.github.loopguard.autoconfigure.bridge;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.loopguard.autoconfigure.bridge.BridgeProperties.LaneProperties;
import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.LaneKind;
import io.github.loopguard.bridge.LaneSpec;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The lanes that an application defines by beans and by properties; a property takes
 * precedence over the bean of its lane.
 */
final class ConfiguredLanes {

	private ConfiguredLanes() {
	}

	static Collection<LaneSpec> of(BridgeProperties properties, Map<String, LaneSpec> beans) {
		Map<String, LaneSpec> lanes = byLane(beans);
		properties.getLanes().forEach((name, configured) -> {
			LaneSpec defined = lanes.get(name);
			lanes.put(name, configured.applyTo((defined != null) ? defined : defaults(name)));
		});
		if (properties.isVirtualThreads()) {
			requireVirtualThreads();
			lanes.replaceAll((name, lane) -> hasOwnKind(name, properties) ? lane : lane.withKind(LaneKind.VIRTUAL));
			lanes.putIfAbsent(BlockingBridge.DEFAULT_LANE,
					LaneSpec.elastic(BlockingBridge.DEFAULT_LANE).withKind(LaneKind.VIRTUAL));
		}
		return lanes.values();
	}

	private static void requireVirtualThreads() {
		int version = Runtime.version().feature();
		if (version < 21) {
			throw new InvalidConfigurationPropertyValueException("loopguard.bridge.virtual-threads", true,
					"Virtual threads need JDK 21 or later, this is " + version + ".");
		}
	}

	private static boolean hasOwnKind(String name, BridgeProperties properties) {
		LaneProperties configured = properties.getLanes().get(name);
		return name.equals(BlockingBridge.CPU_LANE) || (configured != null && configured.kind() != null);
	}

	private static Map<String, LaneSpec> byLane(Map<String, LaneSpec> beans) {
		Map<String, LaneSpec> lanes = new LinkedHashMap<>();
		Map<String, String> beanNames = new LinkedHashMap<>();
		beans.forEach((beanName, lane) -> {
			String other = beanNames.put(lane.limits().name(), beanName);
			if (other != null) {
				throw new DuplicateLaneException(lane.limits().name(), other, beanName);
			}
			lanes.put(lane.limits().name(), lane);
		});
		return lanes;
	}

	private static LaneSpec defaults(String name) {
		return name.equals(BlockingBridge.CPU_LANE) ? LaneSpec.computing(name) : LaneSpec.named(name);
	}

}
