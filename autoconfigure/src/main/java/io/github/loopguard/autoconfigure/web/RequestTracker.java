package io.github.loopguard.autoconfigure.web;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.autoconfigure.web.WorkedFor.Found;
import io.github.loopguard.detect.RequestSource;
import io.github.loopguard.detect.RequestSource.Turn;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.ledger.ViolationEntry;
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

	private final boolean observing;

	/**
	 * Creates a tracker.
	 * @param active whether something may ask for requests
	 * @param counting whether something may ask which requests waited
	 * @param observing whether observations of requests are told what blocked
	 */
	RequestTracker(boolean active, boolean counting, boolean observing) {
		this.active = active;
		this.counting = counting;
		this.observing = observing;
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
		Found found = find();
		if (found == Found.SEVERAL) {
			return RequestSource.Request.NONE;
		}
		TrackedRequest request = (found != null) ? found.request() : null;
		String route = (request != null) ? request.route() : null;
		String traceId = (request != null) ? request.traceId() : null;
		if (traceId == null) {
			traceId = MDC.get("traceId");
		}
		return (route == null && traceId == null) ? RequestSource.Request.NONE
				: new RequestSource.Request(route, traceId);
	}

	@Override
	public void ended(OccurrenceCounter call, long nanos) {
		ViolationEntry violation = this.observing ? call.violation() : null;
		Found found = (violation != null) ? find() : null;
		Object observation = (found != null && found.request() != null) ? found.request().observation() : null;
		if (violation != null && observation != null) {
			BlockedRequest.add(observation, violation.latest().finding(), nanos);
		}
	}

	private static @Nullable Found find() {
		Object work = Turn.current();
		Found found = (work != null) ? WorkedFor.find(work) : null;
		if (found == Found.SEVERAL) {
			return found;
		}
		TrackedRequest propagated = Turn.isRestored() ? PropagatedRequest.current() : null;
		if (propagated != null) {
			return new Found(propagated);
		}
		return Turn.isShared() ? Found.SEVERAL : found;
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
		if (this.observing) {
			BlockedRequest.warmUp();
		}
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
