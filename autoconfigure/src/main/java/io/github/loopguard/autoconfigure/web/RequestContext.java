package io.github.loopguard.autoconfigure.web;

import java.util.Map;
import java.util.stream.Stream;

import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * A context that knows the request beside its other entries. As an entry like any other,
 * the request would be the fourth of most requests, from which on Reactor's contexts make
 * a text for each of their entries whenever they are copied.
 *
 * @param request the request
 * @param others all other entries
 */
record RequestContext(TrackedRequest request, Context others) implements Context {

	private static final String OBSERVATION = "micrometer.observation";

	@Override
	@SuppressWarnings("unchecked")
	public <T> T get(Object key) {
		return isRequest(key) ? (T) this.request : this.others.get(key);
	}

	@Override
	public boolean hasKey(Object key) {
		return isRequest(key) || this.others.hasKey(key);
	}

	@Override
	public Context put(Object key, Object value) {
		if (OBSERVATION.equals(key)) {
			this.request.observation(value);
		}
		Context put = this.others.put(key, value);
		return isRequest(key) ? put : new RequestContext(this.request, put);
	}

	@Override
	public Context putAll(ContextView added) {
		if (added instanceof RequestContext context) {
			ContextView others = context.others;
			return new RequestContext(context.request, this.others.putAll(others));
		}
		Context all = this.others.putAll(added);
		return added.hasKey(TrackedRequest.KEY) ? all : new RequestContext(this.request, all);
	}

	@Override
	public Context delete(Object key) {
		if (isRequest(key)) {
			return this.others;
		}
		Context left = this.others.delete(key);
		return (left != this.others) ? new RequestContext(this.request, left) : this;
	}

	@Override
	public int size() {
		return this.others.size() + 1;
	}

	@Override
	public Stream<Map.Entry<Object, Object>> stream() {
		return Stream.concat(Stream.of(Map.entry(TrackedRequest.KEY, this.request)), this.others.stream());
	}

	private static boolean isRequest(Object key) {
		return TrackedRequest.KEY.equals(key);
	}

}
