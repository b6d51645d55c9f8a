package io.github.loopguard.autoconfigure.web;

import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.util.context.Context;

import io.github.loopguard.detect.RequestSource;

/**
 * A request, from the subscription to its handling until that ends. Its context makes it
 * known to all that work for it.
 */
final class TrackedRequest implements CoreSubscriber<Void>, Subscription, Scannable, Supplier<RequestSource.Request> {

	/**
	 * Key in Reactor's context.
	 */
	static final String KEY = "loopguard.request";

	static final boolean NETTY = isPresent("reactor.netty.http.client.HttpClientResponse");

	private static final boolean TRACING = isPresent("io.micrometer.tracing.handler.TracingObservationHandler");

	private final CoreSubscriber<? super Void> actual;

	private final ServerHttpRequest request;

	private final Context context;

	private @Nullable Subscription subscription;

	private volatile @Nullable Map<String, Object> attributes;

	private @Nullable Object observation;

	TrackedRequest(CoreSubscriber<? super Void> actual, ServerHttpRequest request) {
		this.actual = actual;
		this.request = request;
		this.context = new RequestContext(this, actual.currentContext().delete(KEY));
	}

	void begin() {
		if (NETTY) {
			NettyChannels.begin(this.request, this);
		}
		if (WaitingRequests.isCounting()) {
			WaitingRequests.begun(this);
		}
	}

	private void end() {
		if (NETTY) {
			NettyChannels.end(this.request, this);
		}
	}

	/**
	 * Sets the attributes of the exchange, because another request may have taken this
	 * one's place in it.
	 */
	void attributes(Map<String, Object> attributes) {
		this.attributes = attributes;
	}

	/**
	 * Sets its observation, which is the first that is put into its context.
	 */
	void observation(Object observation) {
		if (this.observation == null) {
			this.observation = observation;
		}
	}

	/**
	 * Returns its observation, or {@code null} if there is none.
	 */
	@Nullable Object observation() {
		return this.observation;
	}

	/**
	 * Returns what is known of it by now.
	 */
	RequestSource.Request snapshot() {
		return new RequestSource.Request(route(), traceId());
	}

	@Override
	public RequestSource.Request get() {
		return snapshot();
	}

	/**
	 * Returns method and template of the route.
	 * @return the route, or {@code null} as long as none is found
	 */
	@Nullable String route() {
		return route(this.request, current());
	}

	static @Nullable String route(ServerHttpRequest request, Map<String, Object> attributes) {
		Object pattern = attributes.get(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		return (pattern instanceof PathPattern template)
				? request.getMethod().name().concat(" ").concat(template.getPatternString()) : null;
	}

	/**
	 * Returns the identifier of the trace.
	 * @return the identifier, or {@code null} if there is none
	 */
	@Nullable String traceId() {
		return traceId(current());
	}

	static @Nullable String traceId(Map<String, Object> attributes) {
		return TRACING ? ObservedTrace.id(attributes) : null;
	}

	private Map<String, Object> current() {
		Map<String, Object> attributes = this.attributes;
		return (attributes != null) ? attributes : this.request.getAttributes();
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.subscription = subscription;
		this.actual.onSubscribe(this);
	}

	@Override
	public void onNext(Void nothing) {
		this.actual.onNext(nothing);
	}

	@Override
	public void onError(Throwable ex) {
		end();
		this.actual.onError(ex);
	}

	@Override
	public void onComplete() {
		end();
		this.actual.onComplete();
	}

	@Override
	public void request(long count) {
		Objects.requireNonNull(this.subscription).request(count);
	}

	@Override
	public void cancel() {
		end();
		Objects.requireNonNull(this.subscription).cancel();
	}

	@Override
	public @Nullable Object scanUnsafe(Attr key) {
		if (key == Attr.ACTUAL) {
			return this.actual;
		}
		if (key == Attr.PARENT) {
			return this.subscription;
		}
		return (key == Attr.RUN_STYLE) ? Attr.RunStyle.SYNC : null;
	}

	private static boolean isPresent(String className) {
		return ClassUtils.isPresent(className, TrackedRequest.class.getClassLoader());
	}

}
