package io.github.loopguard.autoconfigure.web;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Makes what follows all filters a {@link TrackedStep}.
 */
final class RequestFilter implements WebFilter, Ordered {

	private final boolean active;

	/**
	 * Creates a filter.
	 * @param active whether something may ask for requests
	 */
	RequestFilter(boolean active) {
		this.active = active;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		Mono<Void> step = chain.filter(exchange);
		return this.active ? new TrackedStep(step, exchange.getAttributes()) : step;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
