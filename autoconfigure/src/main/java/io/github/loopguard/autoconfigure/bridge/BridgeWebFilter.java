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
 * Brings the request's locale to where a call to a lane finds it, so that
 * {@code LocaleContextHolder} answers there as it does in a servlet application, and
 * answers for lanes that refuse a call. One filter with one operator for both: WebFlux
 * charges each request for every filter and every exception handler there is.
 */
final class BridgeWebFilter implements WebFilter, Ordered {

	private final @Nullable Object localeKey;

	/**
	 * Creates a filter.
	 * @param localeKey key of the locale in the Reactor context, or {@code null} if it
	 * does not travel
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
		return new Bridged(chain.filter(exchange), exchange, this.localeKey);
	}

	/**
	 * WebFlux asks for this name with every request.
	 */
	@Override
	public String toString() {
		return "BridgeWebFilter";
	}

	private static final class Bridged extends MonoOperator<Void, Void> {

		private final ServerWebExchange exchange;

		private final @Nullable Object localeKey;

		Bridged(Mono<Void> source, ServerWebExchange exchange, @Nullable Object localeKey) {
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
			this.actual.onError(RejectedCallResponse.answer(this.exchange, error));
		}

		@Override
		public void onComplete() {
			this.actual.onComplete();
		}

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
