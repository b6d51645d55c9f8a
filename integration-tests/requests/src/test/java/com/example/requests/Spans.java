package com.example.requests;

import java.util.Collection;
import java.util.Map.Entry;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import org.springframework.stereotype.Component;

/**
 * The spans that have ended.
 */
@Component
class Spans extends SpanHandler {

	private final Queue<MutableSpan> ended = new ConcurrentLinkedQueue<>();

	@Override
	public boolean end(TraceContext context, MutableSpan span, Cause cause) {
		this.ended.add(span);
		return true;
	}

	/**
	 * Returns the texts of the events of all spans of a trace.
	 */
	Collection<String> events(String traceId) {
		return this.ended.stream()
			.filter((span) -> span.traceId().equals(traceId))
			.flatMap((span) -> span.annotations().stream())
			.map(Entry::getValue)
			.toList();
	}

}
