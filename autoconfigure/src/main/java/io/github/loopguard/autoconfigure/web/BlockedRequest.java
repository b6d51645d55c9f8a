package io.github.loopguard.autoconfigure.web;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.observation.Observation;
import io.micrometer.observation.Observation.Context;
import io.micrometer.observation.Observation.Event;
import io.micrometer.observation.ObservationFilter;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.loopguard.policy.Finding;

/**
 * The calls that blocked an event loop while it handled a request, kept in the context of
 * the request's observation until that stops. Handlers of others are not called before,
 * because they would run in the middle of a call.
 */
final class BlockedRequest {

	private static final Log logger = LogFactory.getLog(BlockedRequest.class);

	private static final String NAME = "loopguard.violation";

	/** Further calls of one request are left out. */
	private static final int MOST_EVENTS = 8;

	private final Observation observation;

	private final List<Event> events = new ArrayList<>(1);

	private BlockedRequest(Observation observation) {
		this.observation = observation;
	}

	/**
	 * Adds a call to the observation of its request.
	 * @param observation the observation
	 * @param finding what is known of the call
	 * @param nanos how long it held the event loop, in nanoseconds
	 */
	static void add(Object observation, Finding finding, long nanos) {
		if (observation instanceof Observation observed && !observed.isNoop()) {
			of(observed, observed.getContext()).add(finding.api(), finding.rule(), finding.key().id(), nanos);
		}
	}

	private static BlockedRequest of(Observation observation, Context context) {
		return context.computeIfAbsent(BlockedRequest.class, (key) -> new BlockedRequest(observation));
	}

	private synchronized void add(String api, String rule, String violation, long nanos) {
		if (this.events.size() < MOST_EVENTS) {
			long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
			this.events.add(Event.of(NAME,
					api + " [" + rule + "] held the event loop for " + millis + " ms, violation " + violation,
					System.currentTimeMillis() - millis));
		}
	}

	private synchronized void tell() {
		try {
			this.events.forEach(this.observation::event);
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("A handler of observations failed on what blocked a request", ex);
		}
		this.events.clear();
	}

	/**
	 * Adds a call to nothing, so that no event loop has to load what that needs.
	 */
	static void warmUp() {
		of(Observation.NOOP, new Context()).add("", "", "", 0);
	}

	/**
	 * Tells an observation that is about to stop, when its tags are complete, which calls
	 * blocked.
	 */
	static final class Teller implements ObservationFilter {

		@Override
		public Context map(Context context) {
			if (context.get(BlockedRequest.class) instanceof BlockedRequest request) {
				context.remove(BlockedRequest.class);
				request.tell();
			}
			return context;
		}

	}

}
