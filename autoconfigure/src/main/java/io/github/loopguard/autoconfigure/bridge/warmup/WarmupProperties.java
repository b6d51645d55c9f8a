package io.github.loopguard.autoconfigure.bridge.warmup;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration of the warm-up.
 *
 * @param enabled Whether to do, before the application is ready, what would otherwise
 * block an event loop during its first requests.
 * @param classes Comma-separated list of classes to initialise.
 * @param routes Comma-separated list of paths to GET from the application itself. Only
 * paths without side effects.
 * @param rounds Number of times each path is requested.
 * @param timeout Time after which readiness no longer waits for the warm-up.
 * @param reportAfter Time after readiness at which the cold-start report is logged.
 * @since 0.1
 */
@ConfigurationProperties("loopguard.warmup")
public record WarmupProperties(@DefaultValue("false") boolean enabled, @DefaultValue List<String> classes,
		@DefaultValue List<String> routes, @DefaultValue("3") int rounds, @DefaultValue("30s") Duration timeout,
		@DefaultValue("60s") Duration reportAfter) {
}
