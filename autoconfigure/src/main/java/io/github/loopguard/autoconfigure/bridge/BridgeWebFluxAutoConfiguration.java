package io.github.loopguard.autoconfigure.bridge;

import io.micrometer.context.ContextRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.server.WebExceptionHandler;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for what a WebFlux application
 * answers when a lane refuses work, and for the locale that travels with a call.
 *
 * @since 0.1
 */
@AutoConfiguration(after = BridgeAutoConfiguration.class)
@ConditionalOnClass(WebExceptionHandler.class)
@ConditionalOnWebApplication(type = Type.REACTIVE)
public final class BridgeWebFluxAutoConfiguration {

	BridgeWebFluxAutoConfiguration() {
	}

	@Bean
	BridgeWebExceptionHandler blockingBridgeWebExceptionHandler() {
		return new BridgeWebExceptionHandler();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ContextRegistry.class)
	static class ContextConfiguration {

		@Bean
		LocaleWebFilter blockingBridgeLocaleWebFilter() {
			return new LocaleWebFilter(ContextRegistry.getInstance());
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
