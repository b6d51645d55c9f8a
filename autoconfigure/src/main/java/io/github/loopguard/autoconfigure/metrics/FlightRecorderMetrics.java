package io.github.loopguard.autoconfigure.metrics;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.DisposableBean;

import io.github.loopguard.detect.flight.FlightRecorder;

/**
 * Meters of what the flight recorder detector leaves out.
 */
class FlightRecorderMetrics implements MeterBinder, DisposableBean {

	private final FlightRecorder detector;

	private final MeterRegistration meters = new MeterRegistration();

	FlightRecorderMetrics(FlightRecorder detector) {
		this.detector = detector;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		counter(registry, "loopguard.self.events.suppressed",
				"Calls that only the flight recorder has seen and that were not reported, because there were too many",
				FlightRecorder::suppressed);
		counter(registry, "loopguard.self.events.dropped",
				"Events of the flight recorder that were not looked at, because there were too many at once",
				FlightRecorder::dropped);
	}

	private void counter(MeterRegistry registry, String name, String description,
			ToDoubleFunction<FlightRecorder> value) {
		this.meters.register(registry, name, Tags.empty(),
				() -> FunctionCounter.builder(name, this.detector, value).description(description).register(registry));
	}

	@Override
	public void destroy() {
		this.meters.close();
	}

}
