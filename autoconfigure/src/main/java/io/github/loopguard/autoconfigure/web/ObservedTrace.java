package io.github.loopguard.autoconfigure.web;

import java.util.Map;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/**
 * Reads the trace of a request from its observation. Loaded only with Micrometer Tracing.
 */
final class ObservedTrace {

	private ObservedTrace() {
	}

	static @Nullable String id(Map<String, Object> attributes) {
		ServerRequestObservationContext observed = ServerRequestObservationContext.findCurrent(attributes).orElse(null);
		TracingContext tracing = (observed != null) ? observed.get(TracingContext.class) : null;
		Span span = (tracing != null) ? tracing.getSpan() : null;
		return (span != null) ? span.context().traceId() : null;
	}

}
