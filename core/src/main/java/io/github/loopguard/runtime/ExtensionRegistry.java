package io.github.loopguard.runtime;

import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.loopguard.Violation;
import io.github.loopguard.allowance.Allowances;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.EventLoops;
import io.github.loopguard.extension.Extensions;
import io.github.loopguard.extension.LoopguardExtension;
import io.github.loopguard.extension.Providers;

/**
 * The extensions of service providers and applications.
 */
final class ExtensionRegistry {

	private static final Logger logger = LoggerFactory.getLogger(Loopguard.class);

	private static final String LATE_HOOKS = "Loopguard: {} cannot be hooked any more, because hooks are fixed when "
			+ "BlockHound is installed, once in a JVM. Configure the same hooks for every application context, and "
			+ "let Loopguard install BlockHound.";

	private final List<Hook> hooks = new ArrayList<>();

	private Extensions provided = Extensions.NONE;

	private Extensions configured = Extensions.NONE;

	private boolean loaded;

	/**
	 * Adds what an application configures, and at the first time what service providers
	 * bring.
	 * @return the hooks that are new
	 */
	List<Hook> add(Extensions configured) {
		if (!this.loaded) {
			this.loaded = true;
			this.provided = load();
			register(this.provided);
		}
		if (configured != Extensions.NONE) {
			this.configured = configured;
			register(configured);
		}
		List<Hook> added = new ArrayList<>();
		for (Hook hook : this.provided.and(configured).hooks()) {
			if (!this.hooks.contains(hook)) {
				this.hooks.add(hook);
				added.add(hook);
			}
		}
		return added;
	}

	static void warnOfLate(List<Hook> hooks) {
		if (!hooks.isEmpty()) {
			logger.warn(LATE_HOOKS, hooks);
		}
	}

	/**
	 * Returns the extensions of service providers.
	 */
	Extensions provided() {
		return this.provided;
	}

	/**
	 * Returns all hooks that were added.
	 */
	List<Hook> hooks() {
		return List.copyOf(this.hooks);
	}

	/**
	 * Returns the allowances that are in force until an application context attaches.
	 */
	Allowances allowances() {
		return Allowances.shipped().with(this.provided.allowances()).with(this.configured.allowances());
	}

	private static void register(Extensions extensions) {
		EventLoops.add(extensions.eventLoopThreads(), extensions.blockingThreads());
	}

	private static Extensions load() {
		Extensions all = Extensions.NONE;
		for (LoopguardExtension extension : Providers.load(LoopguardExtension.class, (problem) -> logger
			.warn("Loopguard: an extension could not be loaded: {}", Violation.printable(problem)))) {
			try {
				Extensions.Builder builder = Extensions.builder();
				extension.extend(builder);
				all = all.and(builder.build());
			}
			catch (RuntimeException | LinkageError ex) {
				logger.warn("Loopguard: the extension {} is left out, because it failed: {}",
						extension.getClass().getName(), Violation.printable(ex.toString()));
			}
		}
		return all;
	}

}
