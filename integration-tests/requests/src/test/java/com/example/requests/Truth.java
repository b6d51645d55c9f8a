package com.example.requests;

import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * Which request the current thread works for, as its handler says.
 *
 * @param route method and template of the route
 * @param traceId identifier of the trace
 */
record Truth(String route, String traceId) implements AutoCloseable {

	private static final ThreadLocal<Truth> CURRENT = new ThreadLocal<>();

	/**
	 * Begins a part of a handler that blocks.
	 */
	static Truth of(String route, ServerWebExchange exchange) {
		String parent = exchange.getRequest().getHeaders().getFirst("traceparent");
		Truth truth = new Truth(route, (parent != null) ? parent.split("-")[1] : "");
		CURRENT.set(truth);
		return truth;
	}

	/**
	 * Begins a part that blocks for several requests.
	 */
	static Truth ofSeveral() {
		Truth truth = new Truth("several", "");
		CURRENT.set(truth);
		return truth;
	}

	static @Nullable Truth current() {
		return CURRENT.get();
	}

	@Override
	public void close() {
		CURRENT.remove();
	}

}
