package io.github.loopguard.autoconfigure.web;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;

import io.github.loopguard.detect.Request;
import io.github.loopguard.detect.RequestSource;

/**
 * Remembers, while a thread subscribes to the handling of a request, which request it is.
 * Costs one thread-local write per request; names the route only when something blocks.
 */
final class RequestTracker implements WebFilter, RequestSource, Ordered {

	private static final ThreadLocal<ServerWebExchange> CURRENT = new ThreadLocal<>();

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return new Tracked(chain.filter(exchange), exchange);
	}

	@Override
	public Request current() {
		String traceId = MDC.get("traceId");
		ServerWebExchange exchange = CURRENT.get();
		String route = (exchange != null) ? route(exchange) : null;
		return (route == null && traceId == null) ? Request.NONE : new Request(route, traceId);
	}

	private static @Nullable String route(ServerWebExchange exchange) {
		Object pattern = exchange.getAttributes().get(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		return (pattern instanceof PathPattern template)
				? exchange.getRequest().getMethod() + " " + template.getPatternString() : null;
	}

	private static final class Tracked extends MonoOperator<Void, Void> {

		private final ServerWebExchange exchange;

		Tracked(Mono<Void> source, ServerWebExchange exchange) {
			super(source);
			this.exchange = exchange;
		}

		@Override
		public void subscribe(CoreSubscriber<? super Void> actual) {
			ServerWebExchange previous = CURRENT.get();
			CURRENT.set(this.exchange);
			try {
				this.source.subscribe(actual);
			}
			finally {
				if (previous != null) {
					CURRENT.set(previous);
				}
				else {
					CURRENT.remove();
				}
			}
		}

	}

}
