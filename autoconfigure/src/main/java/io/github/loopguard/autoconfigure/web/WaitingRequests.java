package io.github.loopguard.autoconfigure.web;

import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;

import io.github.loopguard.detect.RequestSource.Request;
import io.github.loopguard.detect.waiting.StallImpact;
import io.github.loopguard.runtime.Loopguard;

/**
 * Tells the loop monitor about requests that begin, while it wants to know which of them
 * have waited for an event loop. At other times, a request costs one read of a field.
 */
final class WaitingRequests {

	private static final StallImpact IMPACT = Loopguard.instance().outside().loopMonitor().impact();

	private WaitingRequests() {
	}

	static boolean isCounting() {
		return IMPACT.isCounting();
	}

	/**
	 * Notes that the current thread begins to handle a request.
	 * @param request returns what is known of it by then
	 */
	static void begun(Supplier<Request> request) {
		IMPACT.requestBegun(request);
	}

	/**
	 * Lets a handler tell about its requests.
	 */
	static HttpHandler counted(HttpHandler handler) {
		return (request, response) -> {
			if (isCounting()) {
				begun(new CountedRequest(request));
			}
			return handler.handle(request, response);
		};
	}

	/**
	 * Loads what counts a request, so that no event loop has to.
	 */
	static void warmUp() {
		Objects.requireNonNull(CountedRequest.class);
	}

	/**
	 * A request that nothing else follows.
	 *
	 * @param request the request
	 */
	private record CountedRequest(ServerHttpRequest request) implements Supplier<Request> {

		@Override
		public Request get() {
			Map<String, Object> attributes = this.request.getAttributes();
			return new Request(TrackedRequest.route(this.request, attributes), TrackedRequest.traceId(attributes));
		}

	}

}
