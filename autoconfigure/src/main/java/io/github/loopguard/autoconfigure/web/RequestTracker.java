package io.github.loopguard.autoconfigure.web;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.detect.RequestSource;
import io.github.loopguard.detect.RequestSource.Turn;
import io.github.loopguard.runtime.Loopguard;

/**
 * Makes requests known to what works for them, and finds out which request a thread works
 * for. The latter happens only when a call blocks.
 */
final class RequestTracker implements HttpHandlerDecoratorFactory, RequestSource, DisposableBean {

	private static final String HOOK = "loopguard-request";

	private static final JvmRegistration TASKS = new JvmRegistration(
			() -> Schedulers.onScheduleHook(HOOK, ScheduledTask::new), () -> Schedulers.resetOnScheduleHook(HOOK));

	private final boolean active;

	private final boolean counting;

	/**
	 * Creates a tracker.
	 * @param active whether something may ask for requests
	 * @param counting whether something may ask which requests waited
	 */
	RequestTracker(boolean active, boolean counting) {
		this.active = active;
		this.counting = counting;
		WaitingRequests.warmUp();
		if (active) {
			warmUp();
			Loopguard.instance().requestSource(this);
			TASKS.add();
		}
	}

	@Override
	public HttpHandler apply(HttpHandler handler) {
		if (this.active) {
			return (request, response) -> new TrackedHandling(handler.handle(request, response), request);
		}
		return this.counting ? WaitingRequests.counted(handler) : handler;
	}

	@Override
	public RequestSource.Request current() {
		Object work = Turn.current();
		RequestSource.Request request = (work != null) ? WorkedFor.request(work) : null;
		if (request == RequestSource.Request.NONE) {
			return request;
		}
		TrackedRequest propagated = Turn.isRestored() ? PropagatedRequest.current() : null;
		if (propagated != null) {
			request = propagated.snapshot();
		}
		else if (Turn.isShared()) {
			return RequestSource.Request.NONE;
		}
		String route = (request != null) ? request.route() : null;
		String traceId = (request != null) ? request.traceId() : null;
		if (traceId == null) {
			traceId = MDC.get("traceId");
		}
		return (route == null && traceId == null) ? RequestSource.Request.NONE
				: new RequestSource.Request(route, traceId);
	}

	@Override
	public void destroy() {
		if (this.active) {
			TASKS.remove();
		}
	}

	/**
	 * Runs what finds a request once, so that no event loop has to load its classes.
	 */
	private void warmUp() {
		TrackedRequest.traceId(Map.of());
		@Nullable Runnable nothing = Mono.empty()::subscribe;
		Turn.begin(nothing);
		try {
			current();
		}
		finally {
			Turn.end();
		}
	}

}
