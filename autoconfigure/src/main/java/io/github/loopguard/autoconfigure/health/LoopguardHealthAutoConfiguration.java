package io.github.loopguard.autoconfigure.health;

import java.time.Duration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

import io.github.loopguard.autoconfigure.LoopguardAutoConfiguration;
import io.github.loopguard.autoconfigure.LoopguardProperties;
import io.github.loopguard.runtime.Loopguard;

/**
 * Auto-configuration for the health of event loops.
 *
 * @since 0.2
 */
@AutoConfiguration(after = LoopguardAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBooleanProperty("loopguard.health.enabled")
@ConditionalOnEnabledHealthIndicator("loopguard")
@ConditionalOnBooleanProperty(name = "loopguard.enabled", matchIfMissing = true)
public final class LoopguardHealthAutoConfiguration {

	LoopguardHealthAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = "loopguardHealthIndicator")
	HealthIndicator loopguardHealthIndicator(LoopguardProperties properties) {
		Duration limit = properties.getHealth().getStuckAfter();
		if (limit.isNegative() || limit.isZero()) {
			throw new InvalidConfigurationPropertyValueException("loopguard.health.stuck-after", limit,
					"It must be positive.");
		}
		return new EventLoopHealthIndicator(Loopguard.instance().outside().loopMonitor(), limit);
	}

}
