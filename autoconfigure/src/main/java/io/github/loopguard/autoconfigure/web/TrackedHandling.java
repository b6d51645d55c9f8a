package io.github.loopguard.autoconfigure.web;

import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;

import io.github.loopguard.detect.RequestSource.Turn;

/**
 * The handling of a request, whose subscriber is a {@link TrackedRequest}.
 */
final class TrackedHandling extends MonoOperator<Void, Void> {

	private final ServerHttpRequest request;

	TrackedHandling(Mono<Void> source, ServerHttpRequest request) {
		super(source);
		this.request = request;
	}

	@Override
	public void subscribe(CoreSubscriber<? super Void> actual) {
		TrackedRequest tracked = new TrackedRequest(actual, this.request);
		tracked.begin();
		Turn.begin(tracked);
		try {
			this.source.subscribe(tracked);
		}
		finally {
			Turn.end();
		}
	}

}
