package io.github.loopguard.autoconfigure.bridge;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.LaneSpec;

/**
 * The lanes that an application defines by beans and by properties; a property takes
 * precedence over the bean of its lane.
 */
final class ConfiguredLanes {

	private ConfiguredLanes() {
	}

	static Collection<LaneSpec> of(BridgeProperties properties, Map<String, LaneSpec> beans) {
		Map<String, LaneSpec> lanes = byLane(beans);
		properties.lanes().forEach((name, configured) -> {
			LaneSpec defined = lanes.get(name);
			lanes.put(name, configured.applyTo((defined != null) ? defined : defaults(name)));
		});
		return lanes.values();
	}

	private static Map<String, LaneSpec> byLane(Map<String, LaneSpec> beans) {
		Map<String, LaneSpec> lanes = new LinkedHashMap<>();
		Map<String, String> beanNames = new LinkedHashMap<>();
		beans.forEach((beanName, lane) -> {
			String other = beanNames.put(lane.name(), beanName);
			if (other != null) {
				throw new DuplicateLaneException(lane.name(), other, beanName);
			}
			lanes.put(lane.name(), lane);
		});
		return lanes;
	}

	private static LaneSpec defaults(String name) {
		LaneSpec spec = LaneSpec.named(name);
		return name.equals(BlockingBridge.CPU_LANE) ? spec.withThreads(Runtime.getRuntime().availableProcessors())
				: spec;
	}

}
