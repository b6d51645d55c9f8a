package io.github.loopguard.detect.blockhound;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

import io.github.loopguard.extension.Providers;

/**
 * BlockHound's integrations, with what each of them allows.
 */
final class Integrations {

	private final List<BlockHoundIntegration> loaded = new ArrayList<>();

	private final List<String> broken = new ArrayList<>();

	private final Map<String, String> sources = new HashMap<>();

	private Integrations() {
	}

	static Integrations load(Predicate<BlockHoundIntegration> wanted) {
		Integrations integrations = new Integrations();
		Providers.load(BlockHoundIntegration.class, integrations.broken::add)
			.stream()
			.filter(wanted)
			.sorted()
			.forEach(integrations.loaded::add);
		return integrations;
	}

	void applyTo(BlockHound.Builder builder) {
		BuilderTables tables = BuilderTables.of(builder);
		if (tables != null) {
			tables.allowedMethods().forEach((method) -> this.sources.put(method, "blockhound"));
		}
		for (BlockHoundIntegration integration : this.loaded) {
			try {
				builder.with(integration);
			}
			catch (RuntimeException | LinkageError ex) {
				this.broken.add(integration.getClass().getName() + ": " + ex);
			}
			if (tables != null) {
				tables.allowedMethods()
					.forEach((method) -> this.sources.putIfAbsent(method, name(integration.getClass().getName())));
			}
		}
	}

	/**
	 * Returns the integrations that failed, with the reason.
	 */
	List<String> broken() {
		return this.broken;
	}

	/**
	 * Returns who allowed which method.
	 */
	Map<String, String> sources() {
		return this.sources;
	}

	private static String name(String className) {
		if (className.startsWith("io.netty.")) {
			return "netty";
		}
		if (className.startsWith("org.springframework.")) {
			return "spring";
		}
		if (className.startsWith("reactor.blockhound.")) {
			return "blockhound";
		}
		return className.startsWith("reactor.") ? "reactor" : className;
	}

}
