package io.github.loopguard.autoconfigure.web;

import java.util.Map;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;

import io.github.loopguard.detect.RequestSource.Turn;

/**
 * The part of the handling of a request that follows its filters. A turn of its own,
 * because filters wait for caches, such as the session's, which might be shared.
 */
final class TrackedStep extends MonoOperator<Void, Void> {

	private final Map<String, Object> attributes;

	TrackedStep(Mono<Void> source, Map<String, Object> attributes) {
		super(source);
		this.attributes = attributes;
	}

	@Override
	public void subscribe(CoreSubscriber<? super Void> actual) {
		TrackedRequest request = WorkedFor.request(actual.currentContext());
		if (request == null) {
			this.source.subscribe(actual);
			return;
		}
		request.attributes(this.attributes);
		Turn.begin(request);
		try {
			this.source.subscribe(actual);
		}
		finally {
			Turn.end();
		}
	}

}
