package io.github.loopguard.autoconfigure.bridge;

import java.util.Optional;

import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.core.Ordered;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Puts the request's security context into the Reactor context, so that
 * {@code SecurityContextHolder} works in a lane. Spring Security itself puts a publisher
 * there, which blocking code cannot read.
 */
final class SecurityContextWebFilter implements WebFilter, Ordered {

	/**
	 * Key of Spring Security's {@code SecurityContextHolderThreadLocalAccessor}.
	 */
	static final String KEY = SecurityContext.class.getName();

	private static final int AFTER_SPRING_SECURITY = -99;

	@Override
	public int getOrder() {
		return AFTER_SPRING_SECURITY;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return Mono.deferContextual((context) -> resolve(context).flatMap((security) -> chain.filter(exchange)
			.contextWrite((inner) -> security.isPresent() ? inner.put(KEY, security.get()) : inner)));
	}

	private static Mono<Optional<SecurityContext>> resolve(ContextView context) {
		return ReactiveSecurityContextHolder.getContext()
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.contextWrite(context);
	}

}
