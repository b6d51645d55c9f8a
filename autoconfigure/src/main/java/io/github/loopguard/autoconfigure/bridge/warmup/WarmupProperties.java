package io.github.loopguard.autoconfigure.bridge.warmup;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Configuration of the warm-up.
 *
 * @param enabled Whether to do, before the application is ready, what would otherwise
 * block an event loop during its first requests.
 * @param classes Comma-separated list of classes to initialise.
 * @param routes Comma-separated list of paths to GET from the application itself. Only
 * paths without side effects.
 * @param rounds Number of times each path is requested.
 * @param clientBundle Name of the SSL bundle whose certificate the application shows to
 * itself, if its server requires one.
 * @param timeout Time after which readiness no longer waits for the warm-up.
 * @param reportAfter Time after readiness at which the cold-start report is logged.
 * @since 0.1
 */
@ConfigurationProperties("loopguard.warmup")
public record WarmupProperties(@DefaultValue("false") boolean enabled, @DefaultValue List<String> classes,
		@DefaultValue List<String> routes, @DefaultValue("3") int rounds, @Nullable String clientBundle,
		@DefaultValue("30s") Duration timeout, @DefaultValue("60s") Duration reportAfter) {

	/**
	 * Rejects invalid values.
	 */
	void check() {
		if (this.rounds < 1) {
			throw new InvalidConfigurationPropertyValueException("loopguard.warmup.rounds", this.rounds,
					"It must be 1 or more; leave loopguard.warmup.routes empty for no requests.");
		}
		for (String route : this.routes) {
			if (!route.startsWith("/")) {
				throw new InvalidConfigurationPropertyValueException("loopguard.warmup.routes", route,
						"A route is a path of this application and starts with a slash.");
			}
		}
		if (this.timeout.isNegative() || this.timeout.isZero()) {
			throw new InvalidConfigurationPropertyValueException("loopguard.warmup.timeout", this.timeout,
					"It must be longer than zero, such as 30s.");
		}
		if (this.reportAfter.isNegative()) {
			throw new InvalidConfigurationPropertyValueException("loopguard.warmup.report-after", this.reportAfter,
					"It must not be negative; 0s reports at readiness.");
		}
	}

}
