package io.github.loopguard.autoconfigure.metrics;

import java.util.List;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.loopguard.autoconfigure.bridge.BridgeAutoConfiguration;
import io.github.loopguard.autoconfigure.bridge.BridgeMetersAutoConfiguration;
import io.github.loopguard.bridge.BlockingBridge;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A meter that cannot be registered costs itself: not the start, and no other meter.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailingMetersTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				SimpleMetricsExportAutoConfiguration.class, BridgeAutoConfiguration.class,
				BridgeMetersAutoConfiguration.class, LoopguardMetricsAutoConfiguration.class));

	@ParameterizedTest
	@ValueSource(classes = { FilterThatThrows.class, RegistryThatThrows.class, SameNameOtherType.class })
	void applicationStartsWithTheOtherMeters(Class<?> configuration, CapturedOutput output) {
		this.contextRunner.withUserConfiguration(configuration).run((context) -> {
			assertThat(context).hasNotFailed();
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.find("loopguard.bridge.active").gauge()).isNull();
			assertThat(registry.find("loopguard.violations").gauge()).isNull();
			assertThat(registry.find("loopguard.elastic.pending").gauge()).isNull();
			assertThat(registry.find("loopguard.bridge.completed").tag("lane", "cpu").functionCounter()).isNotNull();
			assertThat(registry.find("loopguard.self.failures").functionCounter()).isNotNull();
			assertThat(registry.find("loopguard.elastic.wait").gauge()).isNotNull();
			assertThat(registry.find("loopguard.loop.stopped").functionCounter()).isNotNull();
			assertThat(context.getBean(BlockingBridge.class).call(() -> 1).block()).isOne();
			assertThat(registry.find("loopguard.bridge.run.time").tag("lane", "default").timer())
				.satisfies((timer) -> assertThat(timer.count()).isOne());
		});
		assertThat(
				output.toString().lines().filter((line) -> line.contains("WARN " + MeterRegistration.class.getName())))
			.hasSize(3)
			.allSatisfy((line) -> assertThat(line)
				.containsPattern("Loopguard: the meter 'loopguard\\.[a-z.]+' could not be registered"));
	}

	@Configuration(proxyBeanMethods = false)
	static class FilterThatThrows {

		@Bean
		MeterFilter failingFilter() {
			return new MeterFilter() {
				@Override
				public Meter.Id map(Meter.Id id) {
					if (fails(id)) {
						throw new IllegalStateException("filter");
					}
					return id;
				}
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RegistryThatThrows {

		@Bean
		MeterRegistry failingRegistry() {
			return new SimpleMeterRegistry() {
				@Override
				protected <T> Gauge newGauge(Meter.Id id, T obj, ToDoubleFunction<T> value) {
					if (fails(id)) {
						throw new InternalError("naming convention");
					}
					return super.newGauge(id, obj, value);
				}
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SameNameOtherType {

		@Bean
		MeterRegistry usedRegistry() {
			MeterRegistry registry = new SimpleMeterRegistry();
			Counter.builder("loopguard.violations").register(registry);
			Counter.builder("loopguard.elastic.pending").register(registry);
			for (String lane : BlockingBridge.shared().lanes().stream().map((it) -> it.name()).toList()) {
				Counter.builder("loopguard.bridge.active").tag("lane", lane).register(registry);
			}
			return registry;
		}

	}

	private static boolean fails(Meter.Id id) {
		return List.of("loopguard.bridge.active", "loopguard.violations", "loopguard.elastic.pending")
			.contains(id.getName());
	}

}
