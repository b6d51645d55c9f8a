package io.github.loopguard.autoconfigure.bridge;

import io.micrometer.context.ContextRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.i18n.LocaleContextThreadLocalAccessor;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
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

	BridgeWebFluxAutoConfiguration() {
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ContextRegistry.class)
	static class LocaleConfiguration {

		@Bean
		BridgeWebFilter blockingBridgeWebFilter() {
			ContextRegistry registry = ContextRegistry.getInstance();
			if (registry.getThreadLocalAccessors()
				.stream()
				.noneMatch((accessor) -> accessor.key().equals(LocaleContextThreadLocalAccessor.KEY))) {
				registry.registerThreadLocalAccessor(new LocaleContextThreadLocalAccessor());
			}
			return new BridgeWebFilter(LocaleContextThreadLocalAccessor.KEY);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("io.micrometer.context.ContextRegistry")
	static class NoLocaleConfiguration {

		@Bean
		BridgeWebFilter blockingBridgeWebFilter() {
			return new BridgeWebFilter(null);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ ContextRegistry.class, ReactiveSecurityContextHolder.class })
	static class SecurityConfiguration {

		@Bean
		SecurityContextWebFilter blockingBridgeSecurityContextWebFilter() {
			return new SecurityContextWebFilter();
		}

	}

}
