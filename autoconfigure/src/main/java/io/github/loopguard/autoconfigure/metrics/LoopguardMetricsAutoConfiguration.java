package io.github.loopguard.autoconfigure.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

import io.github.loopguard.runtime.Loopguard;

/**
 * Auto-configuration for Loopguard's meters.
 *
 * @since 0.1
 */
@AutoConfiguration
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "loopguard.enabled", matchIfMissing = true)
public final class LoopguardMetricsAutoConfiguration {

	LoopguardMetricsAutoConfiguration() {
	}

	@Bean
	LoopguardMetrics loopguardMetrics() {
		return new LoopguardMetrics(Loopguard.instance());
	}

	@Bean
	FlightRecorderMetrics loopguardFlightRecorderMetrics() {
		return new FlightRecorderMetrics(Loopguard.instance().outside().flightRecorder());
	}

	@Bean
	LoopMetrics loopguardLoopMetrics() {
		return new LoopMetrics(Loopguard.instance().outside().loopMonitor(), Loopguard.instance().ledgerThread());
	}

}
