package io.github.loopguard.test.web;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.test.watch.Watch;

/**
 * Names the test in the requests of its client, and handles requests on behalf of the
 * test they name.
 */
final class TestRequests implements ExchangeFilterFunction, HttpHandlerDecoratorFactory {

	private static final String HEADER = "Loopguard-Test";

	private final Watch watch = Watch.instance();

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		String test = this.watch.currentTest();
		return next.exchange((test != null) ? ClientRequest.from(request).header(HEADER, test).build() : request);
	}

	@Override
	public HttpHandler apply(HttpHandler handler) {
		return (request, response) -> new Handling(handler.handle(request, response), this.watch,
				request.getHeaders().getFirst(HEADER));
	}

	/**
	 * The handling of one request.
	 */
	private static final class Handling extends MonoOperator<Void, Void> {

		private final Watch watch;

		private final @Nullable String test;

		Handling(Mono<Void> source, Watch watch, @Nullable String test) {
			super(source);
			this.watch = watch;
			this.test = test;
		}

		@Override
		public void subscribe(CoreSubscriber<? super Void> actual) {
			this.watch.runFor(this.test, () -> this.source.subscribe(actual));
		}

	}

}
