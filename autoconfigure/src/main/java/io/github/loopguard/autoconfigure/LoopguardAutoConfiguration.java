package io.github.loopguard.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

import io.github.loopguard.BlockingViolationListener;
import io.github.loopguard.ledger.Links;

/**
 * Auto-configuration for Loopguard.
 *
 * @since 0.1
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "loopguard.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LoopguardProperties.class)
public final class LoopguardAutoConfiguration {

	LoopguardAutoConfiguration() {
	}

	@Bean
	LoopguardLifecycle loopguardLifecycle(ApplicationContext context, LoopguardProperties properties,
			ObjectProvider<BlockingViolationListener> listeners, ObjectProvider<Links> links) {
		return new LoopguardLifecycle(context, properties, listeners, links);
	}

	@Bean
	static LazyInitializationExcludeFilter loopguardLazyInitializationExcludeFilter() {
		return LazyInitializationExcludeFilter.forBeanTypes(LoopguardLifecycle.class);
	}

}
