package io.github.loopguard.detect.blockhound;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Predicate;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Loads BlockHound's integrations one at a time, so that a broken one does not take the
 * others with it.
 */
final class Integrations {

	private final List<BlockHoundIntegration> loaded = new ArrayList<>();

	private final List<String> broken = new ArrayList<>();

	private Integrations() {
	}

	static Integrations load(Predicate<BlockHoundIntegration> wanted) {
		Integrations integrations = new Integrations();
		Iterator<BlockHoundIntegration> iterator = ServiceLoader.load(BlockHoundIntegration.class).iterator();
		while (true) {
			try {
				if (!iterator.hasNext()) {
					break;
				}
				BlockHoundIntegration integration = iterator.next();
				if (wanted.test(integration)) {
					integrations.loaded.add(integration);
				}
			}
			catch (ServiceConfigurationError | LinkageError ex) {
				integrations.broken.add(String.valueOf(ex.getMessage()));
			}
		}
		integrations.loaded.sort(null);
		return integrations;
	}

	void applyTo(BlockHound.Builder builder) {
		for (BlockHoundIntegration integration : this.loaded) {
			try {
				builder.with(integration);
			}
			catch (RuntimeException | LinkageError ex) {
				this.broken.add(integration.getClass().getName() + ": " + ex);
			}
		}
	}

	/**
	 * Returns the integrations that failed, with the reason.
	 */
	List<String> broken() {
		return this.broken;
	}

}
