package io.github.loopguard.autoconfigure.bridge;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.web.server.WebFilter;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the response of a WebFlux
 * application to a rejected call, and for the locale of a call.
 *
 * @since 0.1
 */
@AutoConfiguration(after = BridgeAutoConfiguration.class)
@ConditionalOnClass(WebFilter.class)
@ConditionalOnWebApplication(type = Type.REACTIVE)
public final class BridgeWebFluxAutoConfiguration {

	private static final String CONTEXT_REGISTRY = "io.micrometer.context.ContextRegistry";

	private static final String FILTER = "blockingBridgeWebFilter";

	BridgeWebFluxAutoConfiguration() {
	}

	@Bean(FILTER)
	@ConditionalOnClass(name = CONTEXT_REGISTRY)
	BridgeWebFilter blockingBridgeLocaleWebFilter() {
		return new BridgeWebFilter(LocalePropagation.register());
	}

	@Bean(FILTER)
	@ConditionalOnMissingClass(CONTEXT_REGISTRY)
	BridgeWebFilter blockingBridgeWebFilter() {
		return new BridgeWebFilter(null);
	}

	@Bean
	@ConditionalOnClass(
			name = { CONTEXT_REGISTRY, "org.springframework.security.core.context.ReactiveSecurityContextHolder" })
	SecurityContextWebFilter blockingBridgeSecurityContextWebFilter() {
		return new SecurityContextWebFilter();
	}

}
