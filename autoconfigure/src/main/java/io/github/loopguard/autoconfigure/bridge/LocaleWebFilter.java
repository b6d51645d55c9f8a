package io.github.loopguard.autoconfigure.bridge;

import io.micrometer.context.ContextRegistry;
import reactor.core.publisher.Mono;

import org.springframework.context.i18n.LocaleContextThreadLocalAccessor;
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
		return chain.filter(exchange)
			.contextWrite((context) -> context.put(LocaleContextThreadLocalAccessor.KEY, exchange.getLocaleContext()));
	}

}
