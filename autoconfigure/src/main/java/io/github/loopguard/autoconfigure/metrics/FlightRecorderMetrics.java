package io.github.loopguard.autoconfigure.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.github.loopguard.detect.flight.FlightRecorder;

/**
 * Meters of what the flight recorder detector leaves out.
 */
class FlightRecorderMetrics implements MeterBinder {

	private final FlightRecorder detector;

	FlightRecorderMetrics(FlightRecorder detector) {
		this.detector = detector;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		FunctionCounter.builder("loopguard.self.events.suppressed", this.detector, FlightRecorder::suppressed)
			.description("Calls that only the flight recorder has seen and that were not reported, because there were "
					+ "too many")
			.register(registry);
		FunctionCounter.builder("loopguard.self.events.dropped", this.detector, FlightRecorder::dropped)
			.description("Events of the flight recorder that were not looked at, because there were too many at once")
			.register(registry);
	}

}
