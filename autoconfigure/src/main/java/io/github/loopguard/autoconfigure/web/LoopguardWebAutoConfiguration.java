package io.github.loopguard.autoconfigure.web;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.HandlerMapping;

import io.github.loopguard.runtime.Loopguard;

/**
 * Auto-configuration that adds the route of the current request to violations.
 *
 * @since 0.1
 */
@AutoConfiguration
@ConditionalOnClass(HandlerMapping.class)
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "loopguard.enabled", matchIfMissing = true)
public final class LoopguardWebAutoConfiguration {

	LoopguardWebAutoConfiguration() {
	}

	@Bean
	RequestTracker loopguardRequestTracker() {
		RequestTracker tracker = new RequestTracker();
		Loopguard.instance().requestSource(tracker);
		return tracker;
	}

}
