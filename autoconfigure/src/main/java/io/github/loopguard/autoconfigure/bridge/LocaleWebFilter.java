package io.github.loopguard.autoconfigure.bridge;

import java.util.Locale;
import java.util.TimeZone;

import io.micrometer.context.ContextRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextThreadLocalAccessor;
import org.springframework.context.i18n.TimeZoneAwareLocaleContext;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Puts the request's locale where a call to a lane finds it, so that
 * {@code LocaleContextHolder} answers there as it does in a servlet application.
 */
final class LocaleWebFilter implements WebFilter, Ordered {

	LocaleWebFilter(ContextRegistry registry) {
		boolean known = registry.getThreadLocalAccessors()
			.stream()
			.anyMatch((accessor) -> accessor.key().equals(LocaleContextThreadLocalAccessor.KEY));
		if (!known) {
			registry.registerThreadLocalAccessor(new LocaleContextThreadLocalAccessor());
		}
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE + 100;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		LocaleContext locale = new RequestLocale(exchange);
		return chain.filter(exchange)
			.contextWrite((context) -> context.put(LocaleContextThreadLocalAccessor.KEY, locale));
	}

	/**
	 * WebFlux asks for this name with every request.
	 */
	@Override
	public String toString() {
		return "LocaleWebFilter";
	}

	/**
	 * Finds the locale out only when somebody asks for it: most requests never call a
	 * lane.
	 */
	private record RequestLocale(ServerWebExchange exchange) implements TimeZoneAwareLocaleContext {

		@Override
		public @Nullable Locale getLocale() {
			return this.exchange.getLocaleContext().getLocale();
		}

		@Override
		public @Nullable TimeZone getTimeZone() {
			return (this.exchange.getLocaleContext() instanceof TimeZoneAwareLocaleContext zoned) ? zoned.getTimeZone()
					: null;
		}

	}

}
