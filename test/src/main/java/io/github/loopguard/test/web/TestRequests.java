package io.github.loopguard.test.web;

import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.loopguard.test.tracking.RequestWork;
import io.github.loopguard.test.tracking.TestTracker;

/**
 * Adds the identifier of the test to the requests of its client, and attributes the
 * handling of a request to the test that it names.
 */
final class TestRequests implements ExchangeFilterFunction, WebFilter, Ordered {

	private static final String HEADER = "Loopguard-Test";

	private final TestTracker tracker = TestTracker.instance();

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		String test = this.tracker.currentTest();
		return next.exchange((test != null) ? ClientRequest.from(request).header(HEADER, test).build() : request);
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		RequestWork work = this.tracker.request(request.getHeaders().getFirst(HEADER));
		return work.handling(chain.filter(exchange.mutate().request(new TestRequest(request, work)).build()));
	}

	private static final class TestRequest extends ServerHttpRequestDecorator {

		private final RequestWork work;

		TestRequest(ServerHttpRequest request, RequestWork work) {
			super(request);
			this.work = work;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return this.work.body(super.getBody());
		}

	}

}
