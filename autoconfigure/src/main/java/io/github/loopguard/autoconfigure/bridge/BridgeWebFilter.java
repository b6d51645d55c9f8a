package io.github.loopguard.autoconfigure.bridge;

import java.util.Locale;
import java.util.TimeZone;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.context.i18n.TimeZoneAwareLocaleContext;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.util.context.Context;

/**
 * Puts the request's locale into the Reactor context, so that {@code LocaleContextHolder}
 * works in a lane as in a servlet application, responds when a lane rejects a call, and
 * ends the streams of a response with it. One filter with one operator does both, because
 * every filter and every exception handler slows down each request.
 */
final class BridgeWebFilter implements WebFilter, Ordered {

	private final @Nullable Object localeKey;

	/**
	 * Creates a filter.
	 * @param localeKey key of the locale in the Reactor context, or {@code null} if it is
	 * not propagated
	 */
	BridgeWebFilter(@Nullable Object localeKey) {
		this.localeKey = localeKey;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE + 100;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerWebExchange bridged = exchange.mutate().response(new BridgedResponse(exchange.getResponse())).build();
		return new BridgedMono(chain.filter(bridged), exchange, this.localeKey);
	}

	/**
	 * WebFlux calls this for every request.
	 */
	@Override
	public String toString() {
		return "BridgeWebFilter";
	}

	private static final class BridgedMono extends MonoOperator<Void, Void> {

		private final ServerWebExchange exchange;

		private final @Nullable Object localeKey;

		BridgedMono(Mono<Void> source, ServerWebExchange exchange, @Nullable Object localeKey) {
			super(source);
			this.exchange = exchange;
			this.localeKey = localeKey;
		}

		@Override
		public void subscribe(CoreSubscriber<? super Void> actual) {
			Context context = actual.currentContext();
			if (this.localeKey != null) {
				context = context.put(this.localeKey, new RequestLocale(this.exchange));
			}
			this.source.subscribe(new BridgedSubscriber(actual, context, this.exchange));
		}

	}

	private record BridgedSubscriber(CoreSubscriber<? super Void> actual, Context currentContext,
			ServerWebExchange exchange) implements CoreSubscriber<Void> {

		@Override
		public void onSubscribe(Subscription subscription) {
			this.actual.onSubscribe(subscription);
		}

		@Override
		public void onNext(Void none) {
			this.actual.onNext(none);
		}

		@Override
		public void onError(Throwable error) {
			this.actual.onError(RejectedCallResponse.of(this.exchange, error));
		}

		@Override
		public void onComplete() {
			this.actual.onComplete();
		}

	}

	/**
	 * Resolves the locale on demand: most requests never call a lane.
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
