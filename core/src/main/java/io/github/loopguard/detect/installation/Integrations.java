package io.github.loopguard.detect.installation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

import io.github.loopguard.extension.Providers;

/**
 * The integrations of BlockHound, and which of them sets which allowance.
 */
public final class Integrations {

	private final List<BlockHoundIntegration> loaded = new ArrayList<>();

	private final List<String> broken = new ArrayList<>();

	private final Map<String, String> sources = new HashMap<>();

	private Integrations() {
	}

	/**
	 * Loads the integrations that a filter accepts.
	 */
	public static Integrations load(Predicate<BlockHoundIntegration> filter) {
		Integrations integrations = new Integrations();
		Providers.load(BlockHoundIntegration.class, integrations.broken::add)
			.stream()
			.filter(filter)
			.sorted()
			.forEach(integrations.loaded::add);
		return integrations;
	}

	/**
	 * Applies the integrations to a builder, each even if others fail.
	 */
	public void applyTo(BlockHound.Builder builder) {
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
					.forEach((method) -> this.sources.putIfAbsent(method, source(integration.getClass().getName())));
			}
		}
	}

	/**
	 * Returns one description for each integration that could not be loaded or applied.
	 */
	public List<String> broken() {
		return this.broken;
	}

	/**
	 * Returns the source of each allowance, by class and method.
	 */
	public Map<String, String> sources() {
		return this.sources;
	}

	private static String source(String className) {
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
