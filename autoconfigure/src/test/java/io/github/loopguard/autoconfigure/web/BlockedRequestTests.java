package io.github.loopguard.autoconfigure.web;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.observation.Observation;
import io.micrometer.observation.Observation.Context;
import io.micrometer.observation.Observation.Event;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Finding.CallStack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What an observation is told of calls that blocked its request.
 */
class BlockedRequestTests {

	private final List<String> events = new ArrayList<>();

	private final ObservationRegistry registry = ObservationRegistry.create();

	private Throwable thrown;

	private boolean stopped;

	@Test
	void callsAreEventsOfTheObservationThatStops() {
		Observation observation = blocked();
		assertThat(this.events).isEmpty();
		observation.stop();
		assertThat(this.events).singleElement()
			.asString()
			.startsWith("java.nio.file.Files.readString [file-read] held the event loop for 12 ms, violation ");
	}

	@ParameterizedTest
	@ValueSource(classes = { IllegalStateException.class, NoClassDefFoundError.class })
	void handlerThatFailsFailsNoRequest(Class<? extends Throwable> type) throws ReflectiveOperationException {
		this.thrown = type.getDeclaredConstructor(String.class).newInstance("a test");
		Observation observation = blocked();
		assertThatNoException().isThrownBy(observation::stop);
		assertThat(this.stopped).isTrue();
	}

	private Observation blocked() {
		this.registry.observationConfig().observationFilter(new BlockedRequest.Teller()).observationHandler(new Told());
		Observation observation = Observation.start("http.server.requests", this.registry);
		Frame site = new Frame("com.acme.Invoices", "read", "Invoices.java", 7);
		BlockedRequest.add(observation, new Finding("blockhound", "file-read", "java.nio.file.Files.readString", null,
				Origin.APPLICATION, site, site, null, false, CallStack.NONE, "loop-1", null, null), 12_000_000);
		return observation;
	}

	/**
	 * A handler of somebody else.
	 */
	private final class Told implements ObservationHandler<Context> {

		@Override
		public void onEvent(Event event, Context context) {
			if (BlockedRequestTests.this.thrown instanceof RuntimeException failure) {
				throw failure;
			}
			if (BlockedRequestTests.this.thrown instanceof Error failure) {
				throw failure;
			}
			BlockedRequestTests.this.events.add(event.getContextualName());
		}

		@Override
		public void onStop(Context context) {
			BlockedRequestTests.this.stopped = true;
		}

		@Override
		public boolean supportsContext(Context context) {
			return true;
		}

	}

}
