package io.github.loopguard.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The bridges of this JVM behind {@link BlockingBridge#shared()}: the newest open one, or
 * one without named lanes if there is none.
 */
final class SharedBridge {

	private static final List<BlockingBridge> configured = new ArrayList<>();

	private static @Nullable BlockingBridge unconfigured;

	private SharedBridge() {
	}

	static synchronized BlockingBridge get() {
		if (!configured.isEmpty()) {
			return configured.get(configured.size() - 1);
		}
		if (unconfigured == null) {
			unconfigured = new BlockingBridge(List.of());
		}
		return unconfigured;
	}

	/**
	 * Configures the unconfigured bridge if there is one, and a new bridge otherwise.
	 */
	static synchronized BlockingBridge configure(Consumer<BlockingBridge> configuration) {
		BlockingBridge bridge = (unconfigured != null) ? unconfigured : new BlockingBridge(List.of());
		configuration.accept(bridge);
		unconfigured = null;
		configured.add(bridge);
		return bridge;
	}

	static synchronized void add(BlockingBridge bridge) {
		if (!configured.contains(bridge)) {
			configured.add(bridge);
		}
	}

	static synchronized void remove(BlockingBridge bridge) {
		configured.remove(bridge);
		if (unconfigured == bridge) {
			unconfigured = null;
		}
	}

}
